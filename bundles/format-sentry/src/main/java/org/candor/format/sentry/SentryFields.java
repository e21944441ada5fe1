package org.candor.format.sentry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.candor.api.fact.FactNames;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.FieldType;
import org.candor.api.report.Sensitivity;

/**
 * Every JSON path of an envelope: of its header, of the header of its only item, and of the event
 * that is this item.
 */
final class SentryFields {

  private static final String FIRST_VERSION = "0.1.0";

  private static final String IDENTITY = "from etc/org.candor.identity.cfg";
  private static final String PROCESS = "from this process";
  private static final String STORAGE =
      "from a StorageOS API; see etc/org.candor.source.storageos.cfg";
  private static final String CRASH = "from the crash; see etc/org.candor.source.crash-NAME.cfg";

  private static final String PROTOCOL = "Sentry's protocol requires it";
  private static final String VERSIONS =
      "Shows which versions are in use and in which one something fails";
  private static final String PLATFORMS = "Shows which platforms need attention";
  private static final String REPAIR = "Lets the vendor find and fix what failed";

  private final List<Field> fields = new ArrayList<>();

  private SentryFields() {}

  static FieldCatalogue catalogue() {
    SentryFields catalogue = new SentryFields();
    catalogue.protocol();
    catalogue.installation();
    catalogue.host();
    catalogue.inventory();
    catalogue.crash();
    catalogue.stack();
    catalogue.notes();
    return new FieldCatalogue(catalogue.fields);
  }

  private void protocol() {
    add(
        "event_id",
        FieldType.ID,
        "A random id of this event, generated once and kept when it is sent again; of a crash the crash's"
            + " own",
        "Lets Sentry discard what it already has",
        Sensitivity.NONE,
        FactNames.CRASH_ID);
    add(
        "sdk.name",
        FieldType.TEXT,
        "Always " + Envelopes.SDK_NAME + ": the library of Sentry that writes the event",
        "Tells Sentry how to read the event",
        Sensitivity.NONE);
    add(
        "sdk.version",
        FieldType.TEXT,
        "The version of that library: " + Envelopes.SDK_VERSION + " in this version of Candor",
        "Tells Sentry how to read the event",
        Sensitivity.NONE);
    add(
        "content_type",
        FieldType.TEXT,
        "Always application/json: how the event is written",
        PROTOCOL,
        Sensitivity.NONE);
    add(
        "type",
        FieldType.TEXT,
        "Always event: what follows in the envelope",
        PROTOCOL,
        Sensitivity.NONE);
    count("length", "bytes", "The size of the event", PROTOCOL, Sensitivity.NONE);
    add(
        "timestamp",
        FieldType.TIME,
        "When the daily report was assembled, or when the crash happened, in UTC, "
            + PROCESS
            + " or "
            + CRASH,
        "Puts reports and crashes in order, even those that were sent late",
        Sensitivity.NONE,
        FactNames.CRASH_AT);
    add(
        "platform",
        FieldType.TEXT,
        "Always java: what Candor is written in",
        PROTOCOL,
        Sensitivity.NONE);
    add(
        "level",
        FieldType.TEXT,
        "Severity: info for the daily report; for a crash fatal when the process ended, error"
            + " when it went on, "
            + CRASH,
        "Tells urgent events from others",
        Sensitivity.NONE,
        FactNames.CRASH_LEVEL);
  }

  private void installation() {
    add(
        "release",
        FieldType.TEXT,
        "The version of StorageOS, "
            + STORAGE
            + "; without one the version of the product that runs here, "
            + IDENTITY,
        VERSIONS,
        Sensitivity.TECHNICAL,
        FactNames.STORAGE_VERSION,
        FactNames.PRODUCT_VERSION);
    add(
        "dist",
        FieldType.TEXT,
        "The build of that version, such as its number in a CI pipeline, "
            + STORAGE
            + "; or "
            + IDENTITY,
        "Tells builds of one version apart",
        Sensitivity.TECHNICAL,
        FactNames.STORAGE_BUILD,
        FactNames.PRODUCT_BUILD);
    add(
        "server_name",
        FieldType.ID,
        "This server: an HMAC of its host name with this installation's secret, or the name that you"
            + " gave it, "
            + IDENTITY,
        "Tells the cluster's servers apart",
        Sensitivity.PSEUDONYMOUS,
        FactNames.SERVER_NAME);
    add(
        "user.id",
        FieldType.ID,
        "The account that the process runs as: an HMAC of the account's name with this installation's secret, or"
            + " the name that you gave it, "
            + IDENTITY,
        "Shows whether a failure is limited to one account",
        Sensitivity.PSEUDONYMOUS,
        FactNames.USER_ID);
    add(
        "tags.cluster_id",
        FieldType.ID,
        "The cluster's id: random, generated at installation; it names nobody; " + IDENTITY,
        "Tells clusters apart and recognises the same one the next day",
        Sensitivity.PSEUDONYMOUS,
        FactNames.CLUSTER_ID);
    add(
        "tags.license_type",
        FieldType.TEXT,
        "The kind of the licence, " + STORAGE,
        "Shows whether a failure concerns one kind of licence or all",
        Sensitivity.TECHNICAL,
        FactNames.STORAGE_LICENSE_TYPE);
    add(
        "tags.api_version",
        FieldType.TEXT,
        "The version of the API, " + STORAGE,
        VERSIONS,
        Sensitivity.TECHNICAL,
        FactNames.STORAGE_API_VERSION);
  }

  private void host() {
    add(
        "contexts.os.name",
        FieldType.TEXT,
        "The type of the operating system, such as linux, " + STORAGE + "; or " + PROCESS,
        PLATFORMS,
        Sensitivity.TECHNICAL,
        FactNames.STORAGE_OS,
        FactNames.OS_NAME);
    add(
        "contexts.device.archs[]",
        FieldType.TEXT,
        "The architecture of the CPU, such as amd64, " + STORAGE + "; or " + PROCESS,
        PLATFORMS,
        Sensitivity.TECHNICAL,
        FactNames.STORAGE_ARCH,
        FactNames.OS_ARCH);
    add(
        "contexts.runtime.name",
        FieldType.TEXT,
        "The runtime whose version follows: go for StorageOS, else the Java runtime's name, "
            + PROCESS,
        PLATFORMS,
        Sensitivity.TECHNICAL,
        FactNames.STORAGE_RUNTIME_VERSION,
        FactNames.RUNTIME_NAME);
    add(
        "contexts.runtime.version",
        FieldType.TEXT,
        "The version of the runtime: of Go, " + STORAGE + "; or of Java, " + PROCESS,
        PLATFORMS,
        Sensitivity.TECHNICAL,
        FactNames.STORAGE_RUNTIME_VERSION,
        FactNames.RUNTIME_VERSION);
  }

  private void inventory() {
    for (InventoryNumber number : InventoryNumber.values()) {
      count(
          own(number.key()),
          number.unit(),
          number.meaning() + ", " + STORAGE,
          "Shows how large clusters are and how healthy",
          Sensitivity.TECHNICAL,
          number.fact());
    }
  }

  private void crash() {
    add(
        "logger",
        FieldType.TEXT,
        "What crashed, " + CRASH,
        REPAIR,
        Sensitivity.TECHNICAL,
        FactNames.CRASH_COMPONENT);
    add(
        "message.formatted",
        FieldType.TEXT,
        "What happened, in one sentence, without what the scrubber took for personal data or secrets, "
            + CRASH,
        REPAIR,
        Sensitivity.TECHNICAL,
        FactNames.CRASH_MESSAGE);
    add(
        exception("type"),
        FieldType.TEXT,
        "The class of an exception; where there is none the signal's name, or Exit, " + CRASH,
        REPAIR,
        Sensitivity.TECHNICAL,
        FactNames.CRASH_EXCEPTION_TYPE,
        FactNames.CRASH_SIGNAL_NAME,
        FactNames.CRASH_SIGNAL_NUMBER,
        FactNames.CRASH_EXIT_CODE,
        FactNames.CRASH_CORE_DUMPED);
    add(
        exception("value"),
        FieldType.TEXT,
        "An exception's message; where there is none the same as message.formatted, " + CRASH,
        REPAIR,
        Sensitivity.TECHNICAL,
        FactNames.CRASH_EXCEPTION_MESSAGE,
        FactNames.CRASH_MESSAGE);
    add(
        exception("mechanism.type"),
        FieldType.TEXT,
        "Always candor: who noticed the crash",
        PROTOCOL,
        Sensitivity.NONE);
    add(
        exception("mechanism.handled"),
        FieldType.FLAG,
        "Always false: nothing in the process handled it",
        PROTOCOL,
        Sensitivity.NONE);
    count(
        exception("mechanism.meta.signal.number"),
        "",
        "The number of the kernel signal that ended the process, " + CRASH,
        REPAIR,
        Sensitivity.TECHNICAL,
        FactNames.CRASH_SIGNAL_NUMBER);
    add(
        exception("mechanism.meta.signal.name"),
        FieldType.TEXT,
        "The name of that signal, such as SIGSEGV, " + CRASH,
        REPAIR,
        Sensitivity.TECHNICAL,
        FactNames.CRASH_SIGNAL_NAME);
    count(
        exception("mechanism.data.exit_code"),
        "",
        "The exit code of the process, " + CRASH,
        REPAIR,
        Sensitivity.TECHNICAL,
        FactNames.CRASH_EXIT_CODE);
    add(
        exception("mechanism.data.core_dumped"),
        FieldType.FLAG,
        "Whether the kernel wrote a core dump, which stays here, " + CRASH,
        "Tells support whether there is something to ask you for",
        Sensitivity.TECHNICAL,
        FactNames.CRASH_CORE_DUMPED);
  }

  private void stack() {
    add(
        frame("module"),
        FieldType.TEXT,
        "The class or module of a call on the stack, " + CRASH,
        REPAIR,
        Sensitivity.TECHNICAL,
        FactNames.CRASH_FRAME_CLASS);
    add(
        frame("function"),
        FieldType.TEXT,
        "The method or function of the call, " + CRASH,
        REPAIR,
        Sensitivity.TECHNICAL,
        FactNames.CRASH_FRAME_METHOD);
    add(
        frame("filename"),
        FieldType.TEXT,
        "The name of the source file, without a folder, " + CRASH,
        REPAIR,
        Sensitivity.TECHNICAL,
        FactNames.CRASH_FRAME_FILE);
    count(
        frame("lineno"),
        "",
        "The line in that file, " + CRASH,
        REPAIR,
        Sensitivity.TECHNICAL,
        FactNames.CRASH_FRAME_LINE);
  }

  private void notes() {
    add(
        own("partial"),
        FieldType.TEXT,
        "Which sources failed this time, each with the reason in one word; left out when none"
            + " could; "
            + PROCESS,
        "Keeps the vendor from mistaking missing data for something that was removed",
        Sensitivity.TECHNICAL);
    count(
        own("count"),
        "crashes",
        "How many similar crashes this one stands for; only if there is more than one; " + CRASH,
        "Shows a crash loop without one event for each crash",
        Sensitivity.TECHNICAL,
        FactNames.CRASH_COUNT);
    count(
        own("frames_omitted"),
        "calls",
        "How many calls were left out of the middle of the stacks because Sentry takes no larger"
            + " event; only when any were",
        "Tells the vendor that a stack is incomplete",
        Sensitivity.TECHNICAL);
    count(
        own("exceptions_omitted"),
        "exceptions",
        "How many exceptions were left out of the middle of the chain for the same reason; only when"
            + " any were",
        "Tells the vendor that the chain is incomplete",
        Sensitivity.TECHNICAL);
    add(
        own("shortened[]"),
        FieldType.TEXT,
        "The name of a field of this list whose text was longer than Sentry takes, and was cut",
        "Tells the vendor that the text is incomplete",
        Sensitivity.NONE);
  }

  private static String own(String key) {
    return "contexts." + OwnContext.NAME + "." + key;
  }

  private static String exception(String key) {
    return "exception.values[]." + key;
  }

  private static String frame(String key) {
    return exception("stacktrace.frames[]." + key);
  }

  private void count(
      String name,
      String unit,
      String meaning,
      String why,
      Sensitivity sensitivity,
      String... facts) {
    add(name, FieldType.COUNT, unit, meaning, why, sensitivity, facts);
  }

  private void add(
      String name,
      FieldType type,
      String meaning,
      String why,
      Sensitivity sensitivity,
      String... facts) {
    add(name, type, "", meaning, why, sensitivity, facts);
  }

  private void add(
      String name,
      FieldType type,
      String unit,
      String meaning,
      String why,
      Sensitivity sensitivity,
      String... facts) {
    fields.add(
        new Field(
            name,
            type,
            unit,
            meaning,
            why,
            sensitivity,
            FIRST_VERSION,
            Set.copyOf(Arrays.asList(facts))));
  }
}
