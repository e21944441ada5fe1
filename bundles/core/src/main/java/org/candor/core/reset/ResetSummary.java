package org.candor.core.reset;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.candor.control.Forgotten;
import org.candor.control.Forgotten.Destination;
import org.candor.core.identity.Identity;
import org.candor.core.identity.IdentityFiles;
import org.candor.core.journal.ChainedJournal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reset summary: what the owner needs to have others erase what they hold, namely the ids that were
 * in use and where data was sent. Read before it is erased.
 */
@Component(service = ResetSummary.class)
public final class ResetSummary {

  private static final Logger log = LoggerFactory.getLogger(ResetSummary.class);

  private final Identity identity;
  private final IdentityFiles files;
  private final ChainedJournal journal;

  @Activate
  public ResetSummary(
      @Reference Identity identity,
      @Reference IdentityFiles files,
      @Reference ChainedJournal journal) {
    this.identity = identity;
    this.files = files;
    this.journal = journal;
  }

  /** What is known before a reset. */
  Forgotten before() {
    return new Forgotten(
        identity.known(), destinations(), identity.givenByOwner(), List.of(), Optional.empty());
  }

  /**
   * What was known before a reset, completed by what it left.
   *
   * @param place where new ids are; empty when none were generated
   */
  Forgotten after(Forgotten before, Optional<String> place) throws IOException {
    return new Forgotten(before.ids(), before.sentTo(), before.kept(), files.retired(), place);
  }

  /** Where new ids are generated. */
  String place() {
    return files.place().toString();
  }

  /** A journal that cannot be read must not stand in the way. */
  private List<Destination> destinations() {
    try {
      return journal.destinations();
    } catch (IOException e) {
      log.warn("The journal cannot be read any more, and is erased: {}", e.getMessage());
      return List.of();
    }
  }
}
