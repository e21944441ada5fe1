package org.candor.control.document;

import java.util.List;
import org.candor.control.EntryProof;
import org.candor.control.Journal;

/**
 * Inclusion proof of an entry; see {@link EntryProof}.
 *
 * @param id the entry's
 * @param entry its line
 * @param proof the line that proves it: a file of these two lines is what {@code bin/check-journal}
 *     checks
 */
public record ProofDocument(
    String id, long number, Journal.Head head, List<String> path, String entry, String proof) {

  public ProofDocument {
    path = List.copyOf(path);
  }

  public static ProofDocument of(String id, EntryProof proof) {
    return new ProofDocument(
        id, proof.number(), proof.head(), proof.path(), proof.entry().utf8(), proof.line());
  }
}
