package org.candor.rest.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.candor.api.consent.Purpose;
import org.candor.api.settings.Setting;
import org.candor.control.Channels;
import org.candor.control.ClusterView;
import org.candor.control.ConsentControl;
import org.candor.control.Crashes;
import org.candor.control.Explanation;
import org.candor.control.History;
import org.candor.control.Journal;
import org.candor.control.JournalSearch;
import org.candor.control.NoSuchChannelException;
import org.candor.control.NotedHead;
import org.candor.control.SeenCrash;
import org.candor.control.Sources;
import org.candor.control.Upgrades;
import org.candor.control.document.ConsentDocument;
import org.candor.control.document.CrashesDocument;
import org.candor.control.document.FieldsDocument;
import org.candor.control.document.HistoryDocument;
import org.candor.control.document.PreviewDocument;
import org.candor.control.document.ProofDocument;
import org.candor.control.document.SentDocument;
import org.candor.control.document.SentPayloadDocument;
import org.candor.control.document.StatusDocument;
import org.candor.rest.gate.PathRouter;
import org.candor.rest.gate.PathTemplate;
import org.candor.rest.response.RefusedRequestException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Read-only resources: the shell's documents, each at a path of its own. */
@Component(service = Documents.class)
public final class Documents {

  private static final long USUAL_ENTRIES = 100;
  private static final Setting<Long> NEWEST = Setting.count("newest", 1, 1000);
  private static final Setting<Boolean> ALL = Setting.flag("all");
  private static final String SEARCH = "search";
  private static final String SINCE = "since";
  private static final String CHANNEL = "channel";

  // A preview asks sources, which may take their time: some threads are left for the owner's
  // answers.
  private static final int PREVIEWS_AT_A_TIME = 4;

  private final Channels channels;
  private final Sources sources;
  private final ClusterView cluster;
  private final Journal journal;
  private final ConsentControl consent;
  private final Crashes crashes;
  private final Upgrades upgrades;
  private final History history;
  private final Semaphore previews = new Semaphore(PREVIEWS_AT_A_TIME);

  @Activate
  public Documents(
      @Reference Channels channels,
      @Reference Sources sources,
      @Reference ClusterView cluster,
      @Reference Journal journal,
      @Reference ConsentControl consent,
      @Reference Crashes crashes,
      @Reference Upgrades upgrades,
      @Reference History history) {
    this.channels = channels;
    this.sources = sources;
    this.cluster = cluster;
    this.journal = journal;
    this.consent = consent;
    this.crashes = crashes;
    this.upgrades = upgrades;
    this.history = history;
  }

  /** Adds all of them. */
  public void addTo(PathRouter routes) {
    add(routes, "/v1/status", Set.of(), (name, query) -> status());
    add(routes, "/v1/preview/{channel}", Set.of(), (name, query) -> preview(name));
    add(routes, "/v1/sent", Set.of(NEWEST.key(), ALL.key(), SEARCH), (n, query) -> sent(query));
    add(routes, "/v1/sent/{id}/payload", Set.of(), (name, query) -> payload(name));
    add(routes, "/v1/sent/{id}/proof", Set.of(SINCE), this::proof);
    add(routes, "/v1/verification", Set.of(SINCE), (name, query) -> verification(query));
    add(routes, "/v1/fields", Set.of(CHANNEL), (name, query) -> fields(query));
    add(routes, "/v1/upgrade", Set.of(), (name, query) -> upgrades.notice());
    add(routes, "/v1/explain/{purpose}", Set.of(), (name, query) -> explain(name));
    add(routes, "/v1/consent", Set.of(NEWEST.key()), (name, query) -> consent(query));
    add(routes, "/v1/crashes", Set.of(), (name, query) -> crashes());
    add(routes, "/v1/crashes/{id}", Set.of(), (name, query) -> crash(name));
    add(routes, "/v1/history", Set.of(), (name, query) -> history());
  }

  private static void add(
      PathRouter routes, String path, Set<String> parameters, DocumentSupplier reading) {
    routes.add(path, new DocumentHandler(new PathTemplate(path), parameters, reading));
  }

  private StatusDocument status() {
    return new StatusDocument(
        channels.status(),
        sources.status(),
        cluster.status(),
        channels.newFields(),
        channels.announced(),
        channels.problems());
  }

  private PreviewDocument preview(String channel) throws RefusedRequestException {
    if (!previews.tryAcquire()) {
      throw new RefusedRequestException(
          503,
          PREVIEWS_AT_A_TIME + " previews are being made; try again in a second.",
          Map.of("Retry-After", "1"));
    }
    try {
      return PreviewDocument.of(channels.preview(channel));
    } catch (NoSuchChannelException e) {
      throw new RefusedRequestException(404, e.getMessage());
    } catch (UncheckedIOException e) {
      throw new RefusedRequestException(503, "The preview cannot be made: " + e.getMessage());
    } finally {
      previews.release();
    }
  }

  private SentDocument sent(Query query) throws RefusedRequestException {
    int newest = newest(query);
    JournalSearch search = JournalSearch.of(query.text(SEARCH).orElse(""));
    boolean all = query.value(ALL).orElse(false);
    try {
      return SentDocument.of(
          all ? journal.newestOfAnyKind(newest, search) : journal.newest(newest, search));
    } catch (UncheckedIOException e) {
      throw unreadableJournal(e);
    }
  }

  private static int newest(Query query) throws RefusedRequestException {
    return query.value(NEWEST).orElse(USUAL_ENTRIES).intValue();
  }

  private ConsentDocument consent(Query query) throws RefusedRequestException {
    int newest = newest(query);
    try {
      return new ConsentDocument(journal.changes(newest));
    } catch (UncheckedIOException e) {
      throw unreadableJournal(e);
    }
  }

  private SentPayloadDocument payload(String id) throws RefusedRequestException {
    try {
      return journal
          .payload(id)
          .map(payload -> SentPayloadDocument.of(id, payload))
          .orElseThrow(
              () ->
                  new RefusedRequestException(
                      404, "The journal has no payload \"" + id + "\", or no longer has it."));
    } catch (UncheckedIOException e) {
      throw unreadableJournal(e);
    }
  }

  private Journal.Verification verification(Query query) throws RefusedRequestException {
    Optional<NotedHead> since = since(query);
    try {
      return journal.verify(since);
    } catch (UncheckedIOException e) {
      throw unreadableJournal(e);
    }
  }

  private ProofDocument proof(String id, Query query) throws RefusedRequestException {
    Optional<NotedHead> since = since(query);
    try {
      return journal
          .prove(id, since)
          .map(proof -> ProofDocument.of(id, proof))
          .orElseThrow(
              () ->
                  new RefusedRequestException(
                      404,
                      "The journal has no entry \""
                          + id
                          + "\""
                          + (since.isEmpty()
                              ? ", or no longer has it."
                              : " that it can prove with this head.")));
    } catch (UncheckedIOException e) {
      throw unreadableJournal(e);
    }
  }

  private static Optional<NotedHead> since(Query query) throws RefusedRequestException {
    Optional<String> text = query.text(SINCE);
    Optional<NotedHead> noted = text.flatMap(NotedHead::of);
    if (text.isPresent() && noted.isEmpty()) {
      throw new RefusedRequestException(
          400, "since is refused; allowed is " + NotedHead.FORM + ".");
    }
    return noted;
  }

  private static RefusedRequestException unreadableJournal(UncheckedIOException e) {
    return new RefusedRequestException(503, "The journal cannot be read: " + e.getMessage());
  }

  private FieldsDocument fields(Query query) throws RefusedRequestException {
    try {
      return new FieldsDocument(channels.fields(query.text(CHANNEL)));
    } catch (NoSuchChannelException e) {
      throw new RefusedRequestException(404, e.getMessage());
    }
  }

  private Explanation explain(String label) throws RefusedRequestException {
    Optional<Purpose> purpose = Purpose.of(label);
    return consent.explain(
        purpose.orElseThrow(
            () ->
                new RefusedRequestException(
                    404,
                    "There is no purpose \""
                        + label
                        + "\". There are: "
                        + Arrays.stream(Purpose.values())
                            .map(Purpose::label)
                            .collect(Collectors.joining(", "))
                        + ".")));
  }

  private CrashesDocument crashes() throws RefusedRequestException {
    try {
      return new CrashesDocument(crashes.crashes());
    } catch (IOException e) {
      throw unreadableCrashes(e);
    }
  }

  private SeenCrash crash(String id) throws RefusedRequestException {
    try {
      return crashes
          .crash(id)
          .orElseThrow(
              () ->
                  new RefusedRequestException(
                      404, "There is no crash \"" + id + "\", or it is no longer kept."));
    } catch (IOException e) {
      throw unreadableCrashes(e);
    }
  }

  private static RefusedRequestException unreadableCrashes(IOException e) {
    return new RefusedRequestException(503, "The crashes cannot be read: " + e.getMessage());
  }

  private HistoryDocument history() throws RefusedRequestException {
    try {
      return new HistoryDocument(history.health(), history.deliveries());
    } catch (IOException e) {
      throw new RefusedRequestException(503, "The history cannot be read: " + e.getMessage());
    }
  }
}
