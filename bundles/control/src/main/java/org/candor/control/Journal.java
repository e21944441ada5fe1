package org.candor.control;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.candor.api.Bytes;
import org.candor.api.Labelled;

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

  /**
   * Computes the tree again, from entries of every kind and from the hashes of those that went, and
   * notes its head durably, so that it can be checked against this journal for good. Nobody who
   * adds an entry waits for it.
   *
   * @param since a head that was noted, if the journal is to be held against one
   * @throws java.io.UncheckedIOException when the journal cannot be read
   */
  Verification verify(Optional<NotedHead> since);

  /** The same, without a head that was noted. */
  default Verification verify() {
    return verify(Optional.empty());
  }

  /**
   * Proves that an entry is in the journal: the newest of this id. The head is noted, as by {@link
   * #verify}.
   *
   * @param since the head that it is to be proved with; the present one when empty
   * @return empty when there is no such entry, or the tree of that size does not have it, or does
   *     not have that root, or is not kept
   * @throws java.io.UncheckedIOException when the journal cannot be read
   */
  Optional<EntryProof> prove(String id, Optional<NotedHead> since);

  /** The payload of an entry as it left; empty when there is none of that id or it has expired. */
  Optional<Bytes> payload(String id);

  /**
   * Hands over every entry of every kind, the oldest first, as the line of JSON that is hashed, and
   * in place of entries that went a line of the kind {@code pruned} with the hashes of their
   * subtrees: UTF-8, without the line feed. Entries that are added meanwhile may be among them, and
   * nobody who adds one waits for the taker. The head of what was handed over is noted, as by
   * {@link #verify}.
   *
   * @throws IOException when the journal cannot be read, or when entries went, to keep within the
   *     bound, before they could be handed over
   */
  void export(Consumer<Bytes> taker) throws IOException;

  /**
   * Whether the journal holds. Who rewrites all of it leaves it intact: only a head that was noted
   * earlier, and that it does not continue any more, shows that.
   *
   * @param entries how many there are
   * @param intact whether none was changed, removed or swapped
   * @param firstBroken the id of the first entry that does not fit; {@code #} and its number where
   *     it is missing or cannot be read, and {@code #N-#M} where all that is known is that it is
   *     one of these
   * @param head of the tree
   * @param dropped how many went, to keep within the bound, and left their hashes
   * @param since what it is to the noted head; empty when none was given
   */
  record Verification(
      long entries,
      boolean intact,
      Optional<String> firstBroken,
      Head head,
      long dropped,
      Optional<Continuity> since) {}

  /** What the journal is to a head that was noted. */
  enum Continuity implements Labelled {
    /** The entries of then are the first of today's. */
    CONTINUES("continues"),
    /** They are not: some were changed or cut off since. */
    DIFFERS("differs"),
    /** Nobody noted it here, and what would show it went. */
    NOT_KEPT("not-kept");

    private final String label;

    Continuity(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }
  }

  /**
   * Head of the tree (RFC 9162, section 2.1).
   *
   * @param number how many entries it has, which is the number of the newest; 0 in an empty journal
   * @param digest its root, hexadecimal
   */
  record Head(long number, String digest) {

    /** In one piece, to be noted: SIZE-ROOT. */
    public String text() {
      return number + "-" + digest;
    }
  }
}
