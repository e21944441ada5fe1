package org.candor.core.disclosure;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.candor.api.consent.Purpose;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.Sensitivity;
import org.candor.control.Announced;
import org.candor.control.Answers;
import org.candor.control.Matter;
import org.candor.core.consent.ConfiguredLayer;
import org.candor.core.consent.Consent;
import org.candor.core.consent.Grace;
import org.candor.core.disclosure.Disclosure.Part;
import org.candor.core.settings.Etc;
import org.candor.core.work.SteadyClock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Disclosure before use: remembers what of each channel was announced to its owner: fields,
 * purpose, destination, and the plugins behind them. What comes later is announced in the log and
 * at login, and is withheld until the grace period has passed since then, or a grant accepts it.
 *
 * <p>What a channel has at the first start waits for nothing but the grace period of that, which
 * covers it. A plugin's fields come with the plugin. What was announced or accepted once stays so,
 * by name. What could not be written counts as not announced. Thread-safe.
 */
@Component(service = AnnouncedFields.class)
public final class AnnouncedFields {

  /** How long a first start lasts, in which one bundle after the other comes. */
  private static final Duration FIRST_START = Duration.ofMinutes(1);

  /** How long something new is shown, at least. */
  private static final Duration NEWS = Duration.ofDays(7);

  private final AnnouncedMemory memory;
  private final Supplier<Duration> grace;
  private final FirstStart firstStart;
  private final Clock clock;
  private final Runnable stopListening;
  private final Map<String, Purpose> purposes = new HashMap<>();
  private final AnnouncementLog announcements = new AnnouncementLog();

  /** When this installation was first started. */
  @FunctionalInterface
  public interface FirstStart {

    /** The moment, or the given one when this is it. */
    Instant at(Instant now) throws IOException;
  }

  /** The present, and how long something new waits. */
  private record Present(Instant now, Duration grace) {}

  @Activate
  public AnnouncedFields(
      @Reference Etc etc,
      @Reference ConfiguredLayer configured,
      @Reference Grace grace,
      @Reference Consent consent,
      @Reference SteadyClock clock) {
    this(
        etc,
        configured::grace,
        now -> grace.end(now).minus(configured.grace()),
        consent::onGrant,
        clock);
  }

  /**
   * @param grace how long after it was announced something may leave; asked whenever it matters
   * @param onGrant has each grant passed on, until what it returns is run
   */
  public AnnouncedFields(
      Etc etc,
      Supplier<Duration> grace,
      FirstStart firstStart,
      Function<Consumer<Answers>, Runnable> onGrant,
      Clock clock) {
    this.memory = new AnnouncedMemory(etc, clock);
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
  public DisclosureResult announce(Disclosure disclosure) throws IOException {
    Present present = present();
    // What is off may be so since the first start, whose grace period has not begun then.
    boolean first =
        !disclosure.off()
            && present.now.isBefore(firstStart.at(present.now).plus(shorter(present.grace)));
    synchronized (this) {
      memory.ensureRead();
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
  public Optional<DisclosureResult> known(Disclosure disclosure) {
    Present present = present();
    synchronized (this) {
      return memory.isRead() ? Optional.of(disclosed(disclosure, present)) : Optional.empty();
    }
  }

  /**
   * Which fields must not leave yet, as if the others were announced now.
   *
   * @throws IOException when nobody knows what was announced
   */
  public WithheldFields look(DisclosureKey key, FieldCatalogue catalogue) throws IOException {
    Present present = present();
    synchronized (this) {
      memory.ensureRead();
      return withheld(key, catalogue, present);
    }
  }

  /** As {@link #look}, without reading the file; empty until that was done once. */
  public Optional<WithheldFields> known(DisclosureKey key, FieldCatalogue catalogue) {
    Present present = present();
    synchronized (this) {
      return memory.isRead() ? Optional.of(withheld(key, catalogue, present)) : Optional.empty();
    }
  }

  /** Why something that may have been announced before is announced again; empty when it is not. */
  public synchronized String damage() {
    return memory.damage();
  }

  /** What keeps it from knowing or noting what it announces; empty when nothing does. */
  public synchronized Optional<String> problem() {
    return memory.problem();
  }

  /** Nobody holds a lock of others in here: whoever grants may hold one. */
  private Present present() {
    return new Present(clock.instant(), grace.get());
  }

  private boolean isNew(DisclosureKey key, Field field, Instant now) {
    return memory
        .find(key, AnnouncedFile.name(field.name()))
        .filter(known -> field.sensitivity().compareTo(known.sensitivity()) <= 0)
        .filter(known -> !isAhead(known, now))
        .isEmpty();
  }

  private boolean isNew(AnnouncedItem item, Instant now) {
    return memory.find(item.key(), item.name()).filter(known -> !isAhead(known, now)).isEmpty();
  }

  /** A moment that lies in the future, since the clock was set back, is none. */
  private static boolean isAhead(AnnouncedEntry known, Instant now) {
    return known.at().filter(at -> at.isAfter(now)).isPresent();
  }

  private void note(Disclosure disclosure, Present present, boolean first) {
    List<AnnouncedItem> items =
        disclosure.items().stream().filter(item -> isNew(item, present.now)).toList();
    Map<DisclosureKey, List<Field>> fields = new HashMap<>();
    for (Part part : disclosure.parts()) {
      List<Field> fresh =
          part.catalogue().fields().stream()
              .filter(field -> isNew(part.key(), field, present.now))
              .toList();
      if (!fresh.isEmpty()) {
        fields.put(part.key(), fresh);
      }
    }
    if (!items.isEmpty() || !fields.isEmpty()) {
      note(disclosure, items, fields, present, first);
    }
  }

  private void note(
      Disclosure disclosure,
      List<AnnouncedItem> items,
      Map<DisclosureKey, List<Field>> fields,
      Present present,
      boolean first) {
    Instant now = present.now.truncatedTo(ChronoUnit.SECONDS);
    boolean known = memory.hasChannel(disclosure.channel());
    // An earlier build announced it, but kept no more than the fields.
    boolean takenOver = known && !memory.has(DisclosureKey.purposes(disclosure.channel()));
    Map<DisclosureKey, Map<String, AnnouncedEntry>> all = memory.copy();
    List<AnnouncedItem> announced = new ArrayList<>();
    for (AnnouncedItem item : items) {
      boolean covered = takenOver || (first && !memory.has(item.key()));
      if (!covered) {
        announced.add(item);
      }
      put(all, item.key(), item.name(), announcedFields(covered, now, Sensitivity.NONE));
    }
    fields.forEach(
        (key, fresh) ->
            fresh.forEach(
                field ->
                    put(
                        all,
                        key,
                        AnnouncedFile.name(field.name()),
                        announcedFields(!memory.hasPlugin(key), now, field.sensitivity()))));
    if (!announced.isEmpty() && (known || !disclosure.off())) {
      announcements.announce(disclosure, announced, present.now, present.grace);
    }
    fields.forEach(
        (key, fresh) -> {
          if (memory.hasPlugin(key)) {
            announcements.announce(key, fresh, present.now, present.grace);
          }
        });
    if (memory.keep(all, "What is new in " + disclosure.channel() + " stays withheld", now)) {
      announcements.noted();
    }
  }

  private static AnnouncedEntry announcedFields(
      boolean covered, Instant now, Sensitivity sensitivity) {
    return new AnnouncedEntry(covered ? Optional.empty() : Optional.of(now), sensitivity);
  }

  private static void put(
      Map<DisclosureKey, Map<String, AnnouncedEntry>> all,
      DisclosureKey key,
      String name,
      AnnouncedEntry one) {
    all.computeIfAbsent(key, p -> new HashMap<>()).put(name, one);
  }

  /** The owner's grant accepts all that was announced so far of what it names. */
  private synchronized void accept(Answers answers) {
    try {
      memory.ensureRead();
    } catch (IOException e) {
      // It is logged, and nothing leaves.
      return;
    }
    Map<DisclosureKey, Map<String, AnnouncedEntry>> all = memory.copy();
    all.forEach(
        (key, names) -> {
          if (grants(answers, key.channel())) {
            names.replaceAll((name, one) -> one.accepted());
          }
        });
    if (!all.equals(memory.copy())) {
      memory.keep(all, "What you accepted waits for its grace period, or", clock.instant());
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
            .orElseGet(() -> memory.names(DisclosureKey.purposes(channel)));
    return !named.isEmpty()
        && named.stream().allMatch(label -> Purpose.of(label).flatMap(answers::to).orElse(false));
  }

  /**
   * What is new of a channel besides fields, from memory: for a week, and while something is
   * withheld because of it.
   */
  public List<Announced> lately(Disclosure disclosure) {
    Present present = present();
    synchronized (this) {
      List<AnnouncedItem> fresh =
          disclosure.items().stream().filter(item -> isNews(item, present)).toList();
      if (disclosure.isWhole(fresh)) {
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

  private boolean isNews(AnnouncedItem item, Present present) {
    return memory
        .find(item.key(), item.name())
        .flatMap(AnnouncedEntry::at)
        .filter(at -> at.plus(NEWS).isAfter(present.now) || until(item, present).isPresent())
        .isPresent();
  }

  /** When fields were announced that came after their plugin did, from memory, by name. */
  public synchronized Map<String, Instant> later(DisclosureKey key, FieldCatalogue catalogue) {
    Map<String, Instant> later = new HashMap<>();
    for (Field field : catalogue.fields()) {
      memory
          .find(key, AnnouncedFile.name(field.name()))
          .flatMap(AnnouncedEntry::at)
          .ifPresent(at -> later.put(field.name(), at));
    }
    return later;
  }

  private DisclosureResult disclosed(Disclosure disclosure, Present present) {
    List<AnnouncedItem> waiting =
        disclosure.items().stream().filter(item -> until(item, present).isPresent()).toList();
    return new DisclosureResult(
        latest(waiting, present),
        waiting.isEmpty() ? "" : disclosure.text(waiting),
        disclosure.formatter().map(part -> withheld(part.key(), part.catalogue(), present)),
        withheld(disclosure.sink().key(), disclosure.sink().catalogue(), present));
  }

  private Optional<Instant> latest(List<AnnouncedItem> items, Present present) {
    return items.stream()
        .flatMap(item -> until(item, present).stream())
        .max(Comparator.naturalOrder());
  }

  /** Until when nothing may leave because of this. */
  private Optional<Instant> until(AnnouncedItem item, Present present) {
    return isNew(item, present.now)
        ? untilNoted(present)
        : memory.find(item.key(), item.name()).flatMap(known -> until(known, present));
  }

  private static Optional<Instant> until(AnnouncedEntry known, Present present) {
    return known.at().map(at -> at.plus(present.grace)).filter(present.now::isBefore);
  }

  private Optional<Instant> untilNoted(Present present) {
    return memory
        .nextTry()
        .or(
            () ->
                present.grace.isZero()
                    ? Optional.empty()
                    : Optional.of(present.now.plus(present.grace)));
  }

  private WithheldFields withheld(DisclosureKey key, FieldCatalogue catalogue, Present present) {
    Map<String, Instant> until = new HashMap<>();
    for (Field field : catalogue.fields()) {
      Optional<Instant> end = Optional.empty();
      if (!isNew(key, field, present.now)) {
        end =
            memory
                .find(key, AnnouncedFile.name(field.name()))
                .flatMap(known -> until(known, present));
      } else if (memory.nextTry().isPresent() || memory.hasPlugin(key)) {
        end = untilNoted(present);
      }
      end.ifPresent(moment -> until.put(field.name(), moment));
    }
    return new WithheldFields(catalogue, until);
  }
}
