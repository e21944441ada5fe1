package org.candor.control;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.candor.api.Bytes;

/** The record of what left, and of every change of what is allowed. */
public interface Journal {

  /**
   * The newest attempts that are looked for.
   *
   * @param most how many of them
   * @throws java.io.UncheckedIOException when the journal cannot be read
   */
  JournalPart<JournalEntry> newest(int most, JournalSearch search);

  /**
   * The newest entries of any kind that are looked for.
   *
   * @param most how many of them
   * @throws java.io.UncheckedIOException when the journal cannot be read
   */
  JournalPart<JournalItem> newestOfAnyKind(int most, JournalSearch search);

  /**
   * The newest changes of what is allowed, oldest of them first.
   *
   * @param most how many of them
   * @throws java.io.UncheckedIOException when the journal cannot be read
   */
  List<ConsentChange> changes(int most);

  /** The newest attempts, oldest of them first. */
  default List<JournalEntry> entries(int newest) {
    return newest(newest, JournalSearch.ALL).entries();
  }

  /** Follows the chain of digests from its beginning, through entries of every kind. */
  Verification verify();

  /** The payload of an entry as it left; empty when there is none of that id or it has expired. */
  Optional<Bytes> payload(String id);

  /**
   * Hands over every entry of every kind, the oldest first, as the line of JSON whose SHA-256 the
   * next one names as {@code previous}: UTF-8, without the line feed. Entries that are added
   * meanwhile may be among them, and nobody who adds one waits for the taker.
   *
   * @throws IOException when the journal cannot be read, or when entries went, to keep within the
   *     bound, before they could be handed over
   */
  void export(Consumer<Bytes> taker) throws IOException;

  /**
   * Whether the chain holds. Who rewrites all of it leaves it intact: only a head that was noted
   * earlier, and is not in it any more, tells of that.
   *
   * @param entries how many there are
   * @param intact whether none was changed, removed or swapped
   * @param firstBroken the id of the first entry that does not fit; {@code #} and its number where
   *     it is missing or cannot be read
   * @param head the newest entry
   * @param dropped how many of the oldest went to keep within the bound
   */
  record Verification(
      long entries, boolean intact, Optional<String> firstBroken, Head head, long dropped) {}

  /**
   * An entry's place in the chain.
   *
   * @param number counted from 1; 0 in an empty journal
   * @param digest SHA-256 of the entry's line; 64 zeros in an empty journal
   */
  record Head(long number, String digest) {}
}
