package org.candor.core.told;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.candor.api.consent.Purpose;
import org.candor.api.control.Announced;
import org.candor.api.control.Answers;
import org.candor.api.control.Matter;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.Sensitivity;
import org.candor.core.consent.ConfiguredLayer;
import org.candor.core.consent.Consent;
import org.candor.core.consent.Grace;
import org.candor.core.settings.Etc;
import org.candor.core.told.Disclosure.Part;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what of each channel was announced to its owner: fields, purpose, destination, and the
 * plugins behind them. What comes later is announced in the log and at login, and is withheld until
 * the grace period has passed since then, or a grant accepts it.
 *
 * <p>What a channel has at the first start waits for nothing but the grace period of that, which
 * covers it. A plugin's fields come with the plugin. What was announced or accepted once stays so,
 * by name. What could not be written counts as not announced. Safe for several threads.
 */
@Component(service = ToldFields.class)
public final class ToldFields {

  private static final Logger log = LoggerFactory.getLogger(ToldFields.class);
  private static final String FILE = "org.candor.announced";
  private static final String EARLIER = "org.candor.fields.told";

  /** How long at least until another try, when the file cannot be written. */
  private static final Duration AGAIN = Duration.ofMinutes(1);

  /** How long a first start lasts, in which one bundle after the other comes. */
  private static final Duration FIRST_START = Duration.ofMinutes(1);

  /** How long something new is shown, at least. */
  private static final Duration NEWS = Duration.ofDays(7);

  private final ToldFile file;
  private final Supplier<Duration> grace;
  private final FirstStart firstStart;
  private final Clock clock;
  private final Runnable stopListening;
  private final Map<Place, Map<String, Told>> told = new HashMap<>();
  private final Map<String, Purpose> purposes = new HashMap<>();
  private final Set<List<Item>> logged = new HashSet<>();
  private final Set<Place> loggedFields = new HashSet<>();
  private boolean read;
  private boolean unwritable;
  private Optional<String> unreadable = Optional.empty();
  private Instant nextTry = Instant.EPOCH;

  /** When this installation was first started. */
  @FunctionalInterface
  public interface FirstStart {

    /** The moment, or the given one when this is it. */
    Instant at(Instant now) throws IOException;
  }

  /** The present, and how long something new waits. */
  private record Present(Instant now, Duration grace) {}

  @Activate
  public ToldFields(
      @Reference Etc etc,
      @Reference ConfiguredLayer configured,
      @Reference Grace grace,
      @Reference Consent consent) {
    this(
        etc,
        configured::grace,
        now -> grace.end(now).minus(configured.grace()),
        consent::onGrant,
        Clock.systemUTC());
  }

  /**
   * @param grace how long after it was announced something may leave; asked whenever it matters
   * @param onGrant has each grant passed on, until what it returns is run
   */
  public ToldFields(
      Etc etc,
      Supplier<Duration> grace,
      FirstStart firstStart,
      Function<Consumer<Answers>, Runnable> onGrant,
      Clock clock) {
    this.file = new ToldFile(etc.state(FILE), etc.beside(EARLIER));
    this.grace = grace;
    this.firstStart = firstStart;
    this.clock = clock;
    this.stopListening = onGrant.apply(this::accept);
  }

  @Deactivate
  void close() {
    stopListening.run();
  }

  /**
   * Announces what is new, and notes that. Not before the formatter is there, so that all of a new
   * channel is announced together.
   *
   * @throws IOException when nobody knows what was announced: then nothing may leave
   */
  public Disclosed tell(Disclosure disclosure) throws IOException {
    Present present = present();
    // What is off may be so since the first start, whose grace period has not begun then.
    boolean first =
        !disclosure.off()
            && present.now.isBefore(firstStart.at(present.now).plus(shorter(present.grace)));
    synchronized (this) {
      ensureRead();
      purposes.put(disclosure.channel(), disclosure.purpose());
      if (disclosure.formatter().isPresent()) {
        note(disclosure, present, first);
      }
      return disclosed(disclosure, present);
    }
  }

  private static Duration shorter(Duration wait) {
    return wait.isZero() || wait.compareTo(FIRST_START) > 0 ? FIRST_START : wait;
  }

  /** As {@link #tell}, from memory and without announcing; empty until the file was read. */
  public Optional<Disclosed> known(Disclosure disclosure) {
    Present present = present();
    synchronized (this) {
      return read ? Optional.of(disclosed(disclosure, present)) : Optional.empty();
    }
  }

  /**
   * Which fields must not leave yet, as if the others were announced now.
   *
   * @throws IOException when nobody knows what was announced
   */
  public Withheld look(Place place, FieldCatalogue catalogue) throws IOException {
    Present present = present();
    synchronized (this) {
      ensureRead();
      return withheld(place, catalogue, present);
    }
  }

  /** As {@link #look}, without reading the file; empty until that was done once. */
  public Optional<Withheld> known(Place place, FieldCatalogue catalogue) {
    Present present = present();
    synchronized (this) {
      return read ? Optional.of(withheld(place, catalogue, present)) : Optional.empty();
    }
  }

  /** What keeps it from knowing or noting what it announces; empty when nothing does. */
  public synchronized Optional<String> trouble() {
    return unreadable.or(
        () ->
            unwritable
                ? Optional.of(
                    "etc/"
                        + FILE
                        + " cannot be written, so that nobody could know later what was announced"
                        + " to you; let this user write it.")
                : Optional.empty());
  }

  /** Nobody holds a lock of others in here: whoever grants may hold one. */
  private Present present() {
    return new Present(clock.instant(), grace.get());
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
    String why = e.getMessage() + ". Let this user read it; it is text in UTF-8.";
    if (unreadable.isEmpty()) {
      log.error("{} Until then nobody knows what was announced to you, and no report leaves.", why);
    }
    unreadable = Optional.of(why);
    return why;
  }

  private boolean isNew(Place place, Field field, Instant now) {
    Told known = told.getOrDefault(place, Map.of()).get(ToldFile.name(field.name()));
    return known == null
        || field.sensitivity().compareTo(known.sensitivity()) > 0
        || isAhead(known, now);
  }

  private boolean isNew(Item item, Instant now) {
    Told known = told.getOrDefault(item.place(), Map.of()).get(item.name());
    return known == null || isAhead(known, now);
  }

  /** A moment that lies in the future, since the clock was set back, is none. */
  private static boolean isAhead(Told known, Instant now) {
    return known.at().filter(at -> at.isAfter(now)).isPresent();
  }

  private boolean knowsPlugin(Place place) {
    return told.containsKey(place)
        || told.getOrDefault(place.owner(), Map.of()).containsKey(ToldFile.name(place.plugin()));
  }

  private boolean knowsChannel(String channel) {
    return told.keySet().stream().anyMatch(place -> place.channel().equals(channel));
  }

  private void note(Disclosure disclosure, Present present, boolean first) {
    List<Item> items =
        disclosure.items().stream().filter(item -> isNew(item, present.now)).toList();
    Map<Place, List<Field>> fields = new HashMap<>();
    for (Part part : disclosure.parts()) {
      List<Field> fresh =
          part.catalogue().fields().stream()
              .filter(field -> isNew(part.place(), field, present.now))
              .toList();
      if (!fresh.isEmpty()) {
        fields.put(part.place(), fresh);
      }
    }
    if (!items.isEmpty() || !fields.isEmpty()) {
      note(disclosure, items, fields, present, first);
    }
  }

  private void note(
      Disclosure disclosure,
      List<Item> items,
      Map<Place, List<Field>> fields,
      Present present,
      boolean first) {
    Instant now = present.now.truncatedTo(ChronoUnit.SECONDS);
    boolean known = knowsChannel(disclosure.channel());
    // An earlier build announced it, but kept no more than the fields.
    boolean takenOver = known && !told.containsKey(Place.purposes(disclosure.channel()));
    Map<Place, Map<String, Told>> all = new HashMap<>(told);
    List<Item> announced = new ArrayList<>();
    for (Item item : items) {
      boolean covered = takenOver || (first && !told.containsKey(item.place()));
      if (!covered) {
        announced.add(item);
      }
      put(all, item.place(), item.name(), told(covered, now, Sensitivity.NONE));
    }
    fields.forEach(
        (place, fresh) ->
            fresh.forEach(
                field ->
                    put(
                        all,
                        place,
                        ToldFile.name(field.name()),
                        told(!knowsPlugin(place), now, field.sensitivity()))));
    if (!announced.isEmpty() && (known || !disclosure.off()) && logged.add(announced)) {
      say(disclosure, announced, present);
    }
    fields.forEach(
        (place, fresh) -> {
          if (knowsPlugin(place) && loggedFields.add(place)) {
            say(place, fresh, present);
          }
        });
    keep(all, disclosure.channel(), now);
  }

  private static Told told(boolean covered, Instant now, Sensitivity sensitivity) {
    return new Told(covered ? Optional.empty() : Optional.of(now), sensitivity);
  }

  private static void put(Map<Place, Map<String, Told>> all, Place place, String name, Told one) {
    all.merge(
        place,
        Map.of(name, one),
        (before, fresh) -> {
          Map<String, Told> both = new HashMap<>(before);
          both.putAll(fresh);
          return both;
        });
  }

  private void keep(Map<Place, Map<String, Told>> all, String channel, Instant now) {
    try {
      file.write(all);
      told.putAll(all);
      logged.clear();
      loggedFields.clear();
      unwritable = false;
    } catch (IOException e) {
      if (!unwritable) {
        log.error(
            "etc/{} cannot be written ({}). What is new of {} stays withheld until it can. Let this"
                + " user write that file.",
            FILE,
            e.toString(),
            channel);
      }
      unwritable = true;
      nextTry = now.plus(AGAIN);
    }
  }

  /** The owner's grant accepts all that was announced so far of what it names. */
  private void accept(Answers answers) {
    synchronized (this) {
      try {
        ensureRead();
      } catch (IOException e) {
        // It is logged, and nothing leaves.
        return;
      }
      Map<Place, Map<String, Told>> all = new HashMap<>(told);
      all.entrySet().stream()
          .filter(entry -> grants(answers, entry.getKey().channel()))
          .forEach(
              entry ->
                  entry.setValue(
                      entry.getValue().entrySet().stream()
                          .collect(
                              Collectors.toMap(Map.Entry::getKey, e -> e.getValue().accepted()))));
      if (!all.equals(told)) {
        keep(all, "what you allowed", clock.instant());
      }
    }
  }

  private boolean grants(Answers answers, String channel) {
    if (answers.channels().getOrDefault(channel, false)) {
      return true;
    }
    Set<String> named =
        Optional.ofNullable(purposes.get(channel))
            .map(purpose -> Set.of(purpose.label()))
            // One that is not here: whatever it may be for has to be allowed.
            .orElseGet(() -> told.getOrDefault(Place.purposes(channel), Map.of()).keySet());
    return !named.isEmpty()
        && named.stream().allMatch(label -> Purpose.of(label).flatMap(answers::to).orElse(false));
  }

  private void say(Disclosure disclosure, List<Item> items, Present present) {
    log.warn(
        "{}: announced: {}. {} telemetry:preview {} shows what would leave; telemetry:enable {}"
            + " accepts it, telemetry:disable {} stops it.",
        disclosure.channel(),
        text(disclosure, items),
        disclosure.off()
            ? "It is off, and sends nothing."
            : leaves(present, "Nothing leaves before "),
        disclosure.channel(),
        disclosure.channel(),
        disclosure.channel());
  }

  /** What is new, in one clause; of a new channel all is. */
  private static String text(Disclosure disclosure, List<Item> items) {
    return isWhole(disclosure, items)
        ? "it is a new channel for "
            + disclosure.purpose().label()
            + ", and sends to "
            + disclosure.destinationItem().name()
        : items.stream().map(Item::text).collect(Collectors.joining(", "));
  }

  private static boolean isWhole(Disclosure disclosure, List<Item> items) {
    return items.containsAll(disclosure.items());
  }

  private void say(Place place, List<Field> fresh, Present present) {
    Set<String> since = fresh.stream().map(Field::since).collect(Collectors.toSet());
    log.warn(
        "{}: announced: the {} can send more than before: {}. {} telemetry:fields {}{} says what it"
            + " is and why; telemetry:disable {} stops the channel.",
        place.channel(),
        place.plugin(),
        fresh.stream()
            .map(field -> ToldFile.name(field.name()) + " (" + field.sensitivity().label() + ")")
            .collect(Collectors.joining(", ")),
        leaves(present, "It is withheld until "),
        place.channel(),
        since.size() == 1 ? " --since " + since.iterator().next() : "",
        place.channel());
  }

  private static String leaves(Present present, String before) {
    return present.grace.isZero()
        ? "It leaves from now on, as grace = 0 in etc/org.candor.consent.cfg says."
        : before + present.now.plus(present.grace).truncatedTo(ChronoUnit.SECONDS) + ".";
  }

  /**
   * What is new of a channel besides fields, from memory: for a week, and while something is
   * withheld because of it.
   */
  public List<Announced> lately(Disclosure disclosure) {
    Present present = present();
    synchronized (this) {
      List<Item> fresh = disclosure.items().stream().filter(item -> isNews(item, present)).toList();
      if (isWhole(disclosure, fresh)) {
        return List.of(
            new Announced(
                disclosure.channel(),
                Matter.CHANNEL,
                disclosure.purpose().label() + " to " + disclosure.destinationItem().name(),
                latest(fresh, present)));
      }
      return fresh.stream()
          .map(
              item ->
                  new Announced(
                      disclosure.channel(),
                      item.matter(),
                      item.name(),
                      latest(List.of(item), present)))
          .toList();
    }
  }

  private boolean isNews(Item item, Present present) {
    return Optional.ofNullable(told.getOrDefault(item.place(), Map.of()).get(item.name()))
        .flatMap(Told::at)
        .filter(at -> at.plus(NEWS).isAfter(present.now) || until(item, present).isPresent())
        .isPresent();
  }

  /** When fields were announced that came after their plugin did, from memory, by name. */
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

  private Disclosed disclosed(Disclosure disclosure, Present present) {
    List<Item> waiting =
        disclosure.items().stream().filter(item -> until(item, present).isPresent()).toList();
    return new Disclosed(
        latest(waiting, present),
        waiting.isEmpty() ? "" : text(disclosure, waiting),
        disclosure.formatter().map(part -> withheld(part.place(), part.catalogue(), present)),
        withheld(disclosure.sink().place(), disclosure.sink().catalogue(), present));
  }

  private Optional<Instant> latest(List<Item> items, Present present) {
    return items.stream()
        .flatMap(item -> until(item, present).stream())
        .max(Comparator.naturalOrder());
  }

  /** Until when nothing may leave because of this. */
  private Optional<Instant> until(Item item, Present present) {
    if (isNew(item, present.now)) {
      return untilNoted(present);
    }
    return told.get(item.place())
        .get(item.name())
        .at()
        .map(at -> at.plus(present.grace))
        .filter(present.now::isBefore);
  }

  private Optional<Instant> untilNoted(Present present) {
    if (unwritable) {
      return Optional.of(nextTry);
    }
    return present.grace.isZero() ? Optional.empty() : Optional.of(present.now.plus(present.grace));
  }

  private Withheld withheld(Place place, FieldCatalogue catalogue, Present present) {
    Map<String, Instant> until = new HashMap<>();
    for (Field field : catalogue.fields()) {
      if (!isNew(place, field, present.now)) {
        told.get(place)
            .get(ToldFile.name(field.name()))
            .at()
            .map(at -> at.plus(present.grace))
            .filter(present.now::isBefore)
            .ifPresent(end -> until.put(field.name(), end));
      } else if (unwritable || knowsPlugin(place)) {
        untilNoted(present).ifPresent(end -> until.put(field.name(), end));
      }
    }
    return new Withheld(catalogue, until);
  }
}
