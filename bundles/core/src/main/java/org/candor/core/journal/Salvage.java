package org.candor.core.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.candor.control.Journal.Head;
import org.candor.core.merkle.NodeRun;
import org.candor.core.merkle.NodeTable;
import org.candor.core.merkle.TreeNode;
import org.candor.core.store.RecordFrame;

/**
 * Salvage of a damaged file: all entries, hashes of such as went, noted heads and states of the log
 * that are whole in it, of whatever age. Where something is missing the log stays broken for good.
 */
final class Salvage {

  private final Chain chain = new Chain();
  private final NodeTable nodes = new NodeTable();
  private final NavigableMap<Long, Long> pruned = new TreeMap<>();
  private final NavigableMap<Long, NotedHeads.Noted> heads = new TreeMap<>();
  private Optional<TreeState> newest = Optional.empty();
  private int gaps;

  /** Reads what is whole in a file. */
  static Salvage of(Path aside) throws IOException {
    Salvage salvage = new Salvage();
    RecordFrame.scan(aside, salvage::add);
    return salvage;
  }

  private void add(byte[] content) {
    PrunedRange.decode(content).ifPresent(this::add);
    NotedHeads.Noted.decode(content).ifPresent(head -> heads.put(head.size(), head));
    TreeState.decode(content)
        .filter(state -> newest.filter(known -> known.number() >= state.number()).isEmpty())
        .ifPresent(state -> newest = Optional.of(state));
    chain.add(PackedLine.unpack(content));
  }

  private void add(PrunedRange range) {
    if (!range.isLost()) {
      pruned.merge(range.from(), range.to(), Math::max);
    }
    nodes.add(range.run());
  }

  /** Puts it into a new file. */
  void into(Ledger ledger) {
    joinRanges();
    heads.values().forEach(ledger::note);
    List<byte[]> lines = chain.inOrder();
    if (newest.isEmpty()) {
      chain.goneBefore().ifPresent(gone -> TreeMigration.skipGone(ledger, gone));
    }
    lines.forEach(line -> keep(line, ledger));
    TreeState found = ledger.state();
    if (newest.isEmpty()) {
      ledger.become(
          new TreeState(
              found.last(), found.tree(), Optional.of(new Head(found.number(), found.last()))));
    } else if (newest.get().number() == found.number()
        && newest.get().last().equals(found.last())) {
      ledger.become(newest.get());
    } else {
      ledger.become(new TreeState(found.last(), found.tree(), newest.get().before()));
    }
  }

  private void keep(byte[] line, Ledger ledger) {
    long number = LineCodec.decode(line).map(ChainLink::number).orElse(0L);
    long known = ledger.state().number();
    // Of what went on purpose an old copy may lie in the file.
    if (number <= known || isPruned(number)) {
      return;
    }
    if (number > known + 1) {
      boolean isWhole = fill(ledger, known, number - 1);
      gaps += isWhole ? 0 : 1;
    }
    ledger.keep(number, line);
  }

  private boolean isPruned(long number) {
    return Optional.ofNullable(pruned.floorEntry(number))
        .filter(range -> range.getValue() >= number)
        .isPresent();
  }

  /** Of ranges of several ages, some of which have become parts of others, makes one each. */
  private void joinRanges() {
    NavigableMap<Long, Long> all = new TreeMap<>(pruned);
    pruned.clear();
    all.forEach(
        (from, to) -> {
          Optional<Map.Entry<Long, Long>> last = Optional.ofNullable(pruned.lastEntry());
          boolean inside = last.filter(range -> range.getValue() >= from).isPresent();
          pruned.merge(inside ? last.get().getKey() : from, to, Math::max);
        });
  }

  /** Fills the places between two, in parts, so that noted heads stay provable. */
  private boolean fill(Ledger ledger, long first, long end) {
    List<Long> ends = new ArrayList<>(heads.subMap(first, false, end, false).keySet());
    ends.removeIf(size -> !ledger.isNoted(size));
    ends.add(end);
    boolean isWhole = true;
    for (long size : ends) {
      NodeRun part = nodes.run(ledger.state().number(), size);
      isWhole &= part.nodes().stream().noneMatch(TreeNode::isLost);
      ledger.skip(part, Entries.START);
    }
    return isWhole;
  }

  /** In how many places entries are missing, once {@link #into} was called. */
  int gaps() {
    return gaps;
  }
}
