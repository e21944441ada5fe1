package org.candor.format.segment;

import org.candor.api.fact.FactNames;
import org.candor.api.report.FieldType;

/** A number that an event gives, and the fact that it comes from. */
enum Figure {
  NODES_TOTAL(
      SegmentFormatter.HEALTH,
      FactNames.NODES_TOTAL,
      "nodes-total",
      FieldType.COUNT,
      "nodes",
      "How many nodes the cluster's health report lists"),
  NODES_UNKNOWN(
      SegmentFormatter.HEALTH,
      FactNames.NODES_UNKNOWN,
      "nodes-unknown",
      FieldType.COUNT,
      "nodes",
      "How many of these nodes could not be reached; their components are counted nowhere else"),
  CPU_TOTAL(
      SegmentFormatter.MESOS_TRACK,
      FactNames.MESOS_CPU_TOTAL,
      "cpu_total",
      FieldType.MEASURE,
      "CPUs",
      "CPUs that Mesos has in total"),
  CPU_USED(
      SegmentFormatter.MESOS_TRACK,
      FactNames.MESOS_CPU_USED,
      "cpu_used",
      FieldType.MEASURE,
      "CPUs",
      "CPUs that Mesos has allocated to tasks"),
  MEM_TOTAL(
      SegmentFormatter.MESOS_TRACK,
      FactNames.MESOS_MEM_TOTAL,
      "mem_total",
      FieldType.MEASURE,
      "MB",
      "Memory that Mesos has in total"),
  MEM_USED(
      SegmentFormatter.MESOS_TRACK,
      FactNames.MESOS_MEM_USED,
      "mem_used",
      FieldType.MEASURE,
      "MB",
      "Memory that Mesos has allocated to tasks"),
  DISK_TOTAL(
      SegmentFormatter.MESOS_TRACK,
      FactNames.MESOS_DISK_TOTAL,
      "disk_total",
      FieldType.MEASURE,
      "MB",
      "Disk space that Mesos has in total"),
  DISK_USED(
      SegmentFormatter.MESOS_TRACK,
      FactNames.MESOS_DISK_USED,
      "disk_used",
      FieldType.MEASURE,
      "MB",
      "Disk space that Mesos has allocated to tasks"),
  TASK_COUNT(
      SegmentFormatter.MESOS_TRACK,
      FactNames.MESOS_TASK_COUNT,
      "task_count",
      FieldType.COUNT,
      "tasks",
      "How many tasks run"),
  FRAMEWORK_COUNT(
      SegmentFormatter.MESOS_TRACK,
      FactNames.MESOS_FRAMEWORK_COUNT,
      "framework_count",
      FieldType.COUNT,
      "frameworks",
      "How many frameworks are active"),
  AGENTS_CONNECTED(
      SegmentFormatter.MESOS_TRACK,
      FactNames.MESOS_AGENTS_CONNECTED,
      "agents_connected",
      FieldType.COUNT,
      "agents",
      "How many agents are connected to the master"),
  AGENTS_ACTIVE(
      SegmentFormatter.MESOS_TRACK,
      FactNames.MESOS_AGENTS_ACTIVE,
      "agents_active",
      FieldType.COUNT,
      "agents",
      "How many agents accept tasks");

  private final String event;
  private final String fact;
  private final String key;
  private final FieldType type;
  private final String unit;
  private final String meaning;

  Figure(String event, String fact, String key, FieldType type, String unit, String meaning) {
    this.event = event;
    this.fact = fact;
    this.key = key;
    this.type = type;
    this.unit = unit;
    this.meaning = meaning;
  }

  /** The event that gives the figure. */
  String event() {
    return event;
  }

  String fact() {
    return fact;
  }

  String key() {
    return key;
  }

  FieldType type() {
    return type;
  }

  String unit() {
    return unit;
  }

  String meaning() {
    return meaning;
  }
}
