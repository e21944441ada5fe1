package org.candor.core.told;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.candor.core.consent.ConfiguredLayer;
import org.candor.core.settings.Etc;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which fields of which channel the owner was told of. One that comes later, with an
 * upgrade, or that became more sensitive, is told of in the log and at login, and is withheld until
 * the grace period has passed since then.
 *
 * <p>A formatter or a sink that a channel never had is noted without a grace of its own: at the
 * first start the grace period of the first start covers it, and whoever installs a feature or
 * edits a channel's file knows. What was told stays told, by name. What could not be written counts
 * as not told. Safe for several threads.
 */
@Component(service = ToldFields.class)
public final class ToldFields {

  private static final Logger log = LoggerFactory.getLogger(ToldFields.class);
  private static final String FILE = "org.candor.fields.told";

  /** How long at least until another try, when the file cannot be written. */
  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final ToldFile file;
  private final Supplier<Duration> grace;
  private final Clock clock;
  private final Map<Place, Map<String, Told>> told = new HashMap<>();
  private final Set<Place> logged = new HashSet<>();
  private boolean read;
  private boolean unwritable;
  private Optional<String> unreadable = Optional.empty();
  private Instant nextTry = Instant.EPOCH;

  @Activate
  public ToldFields(@Reference Etc etc, @Reference ConfiguredLayer configured) {
    this(etc, configured::grace, Clock.systemUTC());
  }

  /**
   * @param grace how long after it was told of a field may leave; asked whenever it matters
   */
  public ToldFields(Etc etc, Supplier<Duration> grace, Clock clock) {
    this.file = new ToldFile(etc.beside(FILE));
    this.grace = grace;
    this.clock = clock;
  }

  /**
   * Tells the owner of what is new, and notes that.
   *
   * @throws IOException when nobody knows what the owner was told: then nothing may leave
   */
  public synchronized Withheld tell(Place place, FieldCatalogue catalogue) throws IOException {
    ensureRead();
    List<Field> fresh = catalogue.fields().stream().filter(field -> isNew(place, field)).toList();
    if (!fresh.isEmpty() || !told.containsKey(place)) {
      note(place, fresh);
    }
    return withheld(place, catalogue);
  }

  /**
   * As {@link #tell}, without telling or noting anything: as if the owner were told now.
   *
   * @throws IOException as there
   */
  public synchronized Withheld look(Place place, FieldCatalogue catalogue) throws IOException {
    ensureRead();
    return withheld(place, catalogue);
  }

  /** As {@link #look}, without reading the file; empty until that was done once. */
  public synchronized Optional<Withheld> known(Place place, FieldCatalogue catalogue) {
    return read ? Optional.of(withheld(place, catalogue)) : Optional.empty();
  }

  /** What keeps it from knowing or noting what it tells; empty when nothing does. */
  public synchronized Optional<String> trouble() {
    return unreadable.or(
        () ->
            unwritable
                ? Optional.of(
                    "etc/"
                        + FILE
                        + " cannot be written, so that nobody could know later what you were told;"
                        + " let this user write it.")
                : Optional.empty());
  }

  private void ensureRead() throws IOException {
    if (!read) {
      try {
        told.putAll(file.read());
      } catch (IOException e) {
        throw new IOException(unreadable(e), e);
      }
      read = true;
      unreadable.ifPresent(before -> log.info("etc/{} can be read again.", FILE));
      unreadable = Optional.empty();
    }
  }

  private String unreadable(IOException e) {
    String why =
        "etc/" + FILE + " cannot be read (" + e + "). Let this user read it; it is text in UTF-8.";
    if (unreadable.isEmpty()) {
      log.error("{} Until then nobody knows what you were told, and no report leaves.", why);
    }
    unreadable = Optional.of(why);
    return why;
  }

  /** A moment that lies in the future, since the clock was set back, is none. */
  private boolean isNew(Place place, Field field) {
    Told known = told.getOrDefault(place, Map.of()).get(ToldFile.name(field.name()));
    return known == null
        || field.sensitivity().compareTo(known.sensitivity()) > 0
        || known.at().filter(at -> at.isAfter(clock.instant())).isPresent();
  }

  private void note(Place place, List<Field> fresh) {
    boolean first = !told.containsKey(place);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Map<String, Told> fields = new HashMap<>(told.getOrDefault(place, Map.of()));
    for (Field field : fresh) {
      fields.put(
          ToldFile.name(field.name()),
          new Told(first ? Optional.empty() : Optional.of(now), field.sensitivity()));
    }
    if (!first && logged.add(place)) {
      say(place, fresh);
    }
    Map<Place, Map<String, Told>> all = new HashMap<>(told);
    all.put(place, fields);
    try {
      file.write(all);
      told.put(place, fields);
      logged.remove(place);
      unwritable = false;
    } catch (IOException e) {
      if (!unwritable) {
        log.error(
            "etc/{} cannot be written ({}). {} of {} stays withheld until it can. Let this user"
                + " write that file.",
            FILE,
            e.toString(),
            first
                ? "What the " + place.plugin() + " sends"
                : "What is new in the " + place.plugin(),
            place.channel());
      }
      unwritable = true;
      nextTry = now.plus(AGAIN);
    }
  }

  private void say(Place place, List<Field> fresh) {
    Set<String> since = fresh.stream().map(Field::since).collect(Collectors.toSet());
    log.warn(
        "{}: the {} can send more than you were told so far: {}. {} telemetry:fields {}{} says what"
            + " it is and why; telemetry:disable stops the channel.",
        place.channel(),
        place.plugin(),
        fresh.stream()
            .map(field -> ToldFile.name(field.name()) + " (" + field.sensitivity().label() + ")")
            .collect(Collectors.joining(", ")),
        grace.get().isZero()
            ? "It leaves from now on, as grace = 0 in etc/org.candor.consent.cfg says."
            : "It is withheld until " + clock.instant().plus(grace.get()) + ".",
        place.channel(),
        since.size() == 1 ? " --since " + since.iterator().next() : "");
  }

  /** When the owner was told of fields that came after the channel did, from memory, by name. */
  public synchronized Map<String, Instant> later(Place place, FieldCatalogue catalogue) {
    Map<String, Told> known = told.getOrDefault(place, Map.of());
    Map<String, Instant> later = new HashMap<>();
    for (Field field : catalogue.fields()) {
      Optional.ofNullable(known.get(ToldFile.name(field.name())))
          .flatMap(Told::at)
          .ifPresent(at -> later.put(field.name(), at));
    }
    return later;
  }

  private Withheld withheld(Place place, FieldCatalogue catalogue) {
    Instant now = clock.instant();
    Duration wait = grace.get();
    Map<String, Instant> until = new HashMap<>();
    for (Field field : catalogue.fields()) {
      if (!isNew(place, field)) {
        told.get(place)
            .get(ToldFile.name(field.name()))
            .at()
            .map(at -> at.plus(wait))
            .filter(now::isBefore)
            .ifPresent(end -> until.put(field.name(), end));
      } else if (unwritable) {
        until.put(field.name(), nextTry);
      } else if (told.containsKey(place) && !wait.isZero()) {
        until.put(field.name(), now.plus(wait));
      }
    }
    return new Withheld(catalogue, until);
  }
}
