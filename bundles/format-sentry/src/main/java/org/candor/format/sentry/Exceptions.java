package org.candor.format.sentry;

import io.sentry.protocol.Mechanism;
import io.sentry.protocol.SentryException;
import io.sentry.protocol.SentryStackFrame;
import io.sentry.protocol.SentryStackTrace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;
import org.candor.api.fact.FactNames;

/**
 * The exceptions of a crash in Sentry's order: the cause first, and in each stack the oldest call
 * first. The last one, which is the outermost, says by its mechanism how the process ended.
 */
final class Exceptions {

  private static final String VALUES = "exception.values[].";
  private static final String FRAMES = VALUES + "stacktrace.frames[].";

  private final Facts facts;
  private final Clipping clipping;
  private final SizeBudget room;

  Exceptions(Facts facts, Clipping clipping, SizeBudget room) {
    this.facts = facts;
    this.clipping = clipping;
    this.room = room;
  }

  /**
   * @param failures the outermost first
   */
  List<SentryException> of(List<Failure> failures) {
    List<SentryException> exceptions = new ArrayList<>();
    List<Failure> clipped = clipping.failures(failures, room.failures());
    for (int i = clipped.size() - 1; i >= 0; i--) {
      exceptions.add(exception(clipped.get(i), Math.max(1, room.frames() / clipped.size())));
    }
    Map<String, Object> meta = meta();
    Map<String, Object> data = data();
    if (exceptions.isEmpty() && !(meta.isEmpty() && data.isEmpty())) {
      exceptions.add(death());
    }
    if (!exceptions.isEmpty()) {
      exceptions.get(exceptions.size() - 1).setMechanism(mechanism(meta, data));
    }
    return exceptions;
  }

  private SentryException exception(Failure failure, int frames) {
    SentryException exception = exception(failure.type(), failure.message());
    if (!failure.frames().isEmpty()) {
      List<SentryStackFrame> stack = new ArrayList<>();
      for (Frame frame : clipping.frames(failure.frames(), frames)) {
        stack.add(frame(frame));
      }
      Collections.reverse(stack);
      exception.setStacktrace(new SentryStackTrace(stack));
    }
    return exception;
  }

  /** What stands for the exception of a process that had none: how it ended. */
  private SentryException death() {
    return exception(
        facts
            .text(FactNames.CRASH_SIGNAL_NAME)
            .orElse(
                facts.count(FactNames.CRASH_SIGNAL_NUMBER).map(n -> "Signal " + n).orElse("Exit")),
        facts.text(FactNames.CRASH_MESSAGE).orElse(""));
  }

  private SentryException exception(String type, String value) {
    SentryException exception = new SentryException();
    clipping.line(VALUES + "type", type, Clipping.NAME).ifPresent(exception::setType);
    clipping.text(VALUES + "value", value, room.text()).ifPresent(exception::setValue);
    return exception;
  }

  private SentryStackFrame frame(Frame from) {
    SentryStackFrame frame = new SentryStackFrame();
    clipping.line(FRAMES + "module", from.type(), Clipping.NAME).ifPresent(frame::setModule);
    clipping.line(FRAMES + "function", from.method(), Clipping.NAME).ifPresent(frame::setFunction);
    clipping.line(FRAMES + "filename", from.file(), Clipping.NAME).ifPresent(frame::setFilename);
    from.line().filter(line -> line > 0).ifPresent(frame::setLineno);
    return frame;
  }

  private static Mechanism mechanism(Map<String, Object> meta, Map<String, Object> data) {
    Mechanism mechanism = new Mechanism();
    mechanism.setType("candor");
    mechanism.setHandled(false);
    if (!meta.isEmpty()) {
      mechanism.setMeta(meta);
    }
    if (!data.isEmpty()) {
      mechanism.setData(data);
    }
    return mechanism;
  }

  private Map<String, Object> meta() {
    Map<String, Object> signal = new LinkedHashMap<>();
    facts.count(FactNames.CRASH_SIGNAL_NUMBER).ifPresent(number -> signal.put("number", number));
    facts
        .text(FactNames.CRASH_SIGNAL_NAME)
        .flatMap(name -> clipping.line(VALUES + "mechanism.meta.signal.name", name, Clipping.NAME))
        .ifPresent(name -> signal.put("name", name));
    return signal.isEmpty() ? Map.of() : Map.of("signal", signal);
  }

  private Map<String, Object> data() {
    Map<String, Object> data = new LinkedHashMap<>();
    facts.count(FactNames.CRASH_EXIT_CODE).ifPresent(code -> data.put("exit_code", code));
    facts.flag(FactNames.CRASH_CORE_DUMPED).ifPresent(dumped -> data.put("core_dumped", dumped));
    return data;
  }
}
