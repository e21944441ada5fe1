package org.candor.source.crash;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.candor.source.crash-NAME.cfg}. */
@ObjectClassDefinition(
    name = "Candor: crashes",
    description =
        "A command that is started and watched, or a folder where other programs drop crash"
            + " records. Name one of the two.")
@interface Config {

  /** The configuration's factory PID. */
  String PID = "org.candor.source.crash";

  String RESTART = "on-failure";

  String RESTART_DELAY = "1s";

  String MAX_PER_MINUTE = "1200";

  @AttributeDefinition(
      name = "Unit",
      description =
          "A systemd unit. Not yet possible: source-systemd will bring it. Leave it empty.",
      required = false)
  String unit() default "";

  @AttributeDefinition(
      name = "Command",
      description =
          "A program and its arguments, which Candor starts, watches and stops with itself. Split"
              + " like a shell splits words and quotes, and nothing else: for variables and pipes"
              + " write sh -c '…'.",
      required = false)
  String command() default "";

  @AttributeDefinition(
      name = "Directory",
      description =
          "A folder where other programs, such as the script candor-watch, drop crash records. A"
              + " relative path begins at Karaf's folder.",
      required = false)
  String directory() default "";

  @AttributeDefinition(
      name = "Records a minute",
      description =
          "How many files of the folder are read in a minute, 1 to 10000; each 64 KiB of a large one"
              + " count for one more. The others stay there and are taken in the next minutes, so"
              + " that a program that drops records without end keeps nobody busy.")
  String maxPerMinute() default MAX_PER_MINUTE;

  @AttributeDefinition(
      name = "Component",
      description =
          "What the command's crashes are filed under. Empty: the NAME of the configuration file."
              + " Records in a folder name their own.",
      required = false)
  String component() default "";

  @AttributeDefinition(
      name = "Restart",
      description =
          "When a command that ended is started again: on-failure (it was killed or its status was"
              + " not 0), always or never.")
  String restart() default RESTART;

  @AttributeDefinition(
      name = "Restart delay",
      description =
          "How long to wait before the first restart; doubles up to 5m with every further one, and"
              + " begins anew after a run of a minute.")
  String restartDelay() default RESTART_DELAY;

  @AttributeDefinition(
      name = "Output",
      description =
          "A file that the command's standard output and error are added to. Its end tells why the"
              + " command crashed: a Java stack trace in it, or its last line, becomes part of the"
              + " crash. Empty: the output is discarded.",
      required = false)
  String output() default "";

  @AttributeDefinition(
      name = "Working directory",
      description =
          "Where the command runs. A relative path begins at Karaf's folder. Empty: Karaf's folder.",
      required = false)
  String workingDirectory() default "";
}
