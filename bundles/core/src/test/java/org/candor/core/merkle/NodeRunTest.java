package org.candor.core.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The tree of RFC 9162, with the vectors of Certificate Transparency's implementations. */
class NodeRunTest {

  private static final List<String> ENTRIES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");
  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  @Test
  void rootsAreThoseOfOtherImplementations() {
    NodeRun tree = new NodeRun(0);
    assertThat(tree.root().hex()).isEqualTo(ROOTS.get(0));
    for (int i = 0; i < ENTRIES.size(); i++) {
      tree.add(TreeHash.ofLeaf(HexFormat.of().parseHex(ENTRIES.get(i))));
      assertThat(tree.root().hex()).isEqualTo(ROOTS.get(i + 1));
      assertThat(tree.nodes()).hasSize(Long.bitCount(i + 1L));
    }
  }

  @Test
  void whateverIsPutTogetherFirstTheRootIsTheSame() {
    List<byte[]> entries = entries(77);
    TreeHash root = ReferenceTree.root(entries);
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      NodeRun tree = new NodeRun(0);
      while (tree.end() < entries.size()) {
        NodeRun part = new NodeRun(tree.end());
        int many = 1 + random.nextInt(entries.size() - (int) tree.end());
        for (int i = 0; i < many; i++) {
          part.add(TreeHash.ofLeaf(entries.get((int) part.end())));
        }
        assertThat(part.nodes().stream().map(TreeNode::level).toList())
            .isEqualTo(NodeRun.levels(part.first(), part.end()));
        tree.add(part);
      }
      assertThat(tree.root()).isEqualTo(root);
    }
  }

  @Test
  void aPathLeadsFromEachLeafToTheRoot() {
    for (int size = 1; size <= 40; size++) {
      List<byte[]> entries = entries(size);
      for (int leaf = 0; leaf < size; leaf++) {
        InclusionPath path = new InclusionPath(leaf);
        for (int i = 0; i < size; i++) {
          path.add(TreeNode.leaf(i, TreeHash.ofLeaf(entries.get(i))));
        }
        assertThat(path.hashes()).contains(ReferenceTree.path(leaf, entries));
        assertThat(
                ReferenceTree.verifies(
                    TreeHash.ofLeaf(entries.get(leaf)),
                    leaf,
                    size,
                    path.hashes().orElseThrow(),
                    path.tree().root()))
            .isTrue();
      }
    }
    assertThat(new InclusionPath(3).hashes()).isEmpty();
  }

  @Test
  void noPathLeadsFromALeafInsideOfANodeThatWent() {
    NodeRun gone = new NodeRun(0);
    entries(4).forEach(entry -> gone.add(TreeHash.ofLeaf(entry)));
    InclusionPath path = new InclusionPath(2);
    gone.nodes().forEach(path::add);
    assertThat(path.tree().end()).isEqualTo(4);
    assertThat(path.hashes()).isEmpty();
  }

  @Test
  void whatDoesNotFollowIsRefused() {
    NodeRun run = new NodeRun(5);
    TreeNode other = TreeNode.leaf(6, TreeHash.EMPTY);
    assertThatThrownBy(() -> run.add(other)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsLostStaysToBeSeen() {
    NodeRun run = new NodeRun(0);
    run.add(NodeRun.standingFor(0, 2, TreeHash.LOST));
    run.add(TreeHash.EMPTY);
    run.add(TreeHash.EMPTY);
    run.add(TreeHash.LOST);
    run.add(TreeHash.EMPTY);
    assertThat(run.nodes().stream().map(TreeNode::level)).containsExactly(1, 1, 0, 0);
    assertThat(run.nodes().stream().map(TreeNode::isLost))
        .containsExactly(true, false, true, false);
  }

  @Test
  void aTableFillsPlacesWithTheLargestNodesThatItKnows() {
    List<byte[]> entries = entries(16);
    NodeRun all = new NodeRun(0);
    entries.forEach(entry -> all.add(TreeHash.ofLeaf(entry)));
    NodeTable table = new NodeTable();
    table.add(run(entries, 4, 8));
    table.add(run(entries, 9, 11));
    table.add(run(entries, 8, 16));
    NodeRun filled = table.run(4, 16);
    assertThat(filled.nodes().stream().map(TreeNode::level)).containsExactly(2, 3);
    NodeRun tree = run(entries, 0, 4);
    tree.add(filled);
    assertThat(tree.root()).isEqualTo(all.root());
    NodeRun part = table.run(8, 12);
    assertThat(part.nodes().stream().map(TreeNode::isLost))
        .containsExactly(true, false, false, true);
    assertThat(table.run(1L << 40, 1L << 41).nodes()).hasSize(1);
  }

  private static NodeRun run(List<byte[]> entries, int first, int end) {
    NodeRun run = new NodeRun(first);
    entries.subList(first, end).forEach(entry -> run.add(TreeHash.ofLeaf(entry)));
    return run;
  }

  private static List<byte[]> entries(int many) {
    List<byte[]> entries = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      entries.add(("entry " + i).getBytes(StandardCharsets.UTF_8));
    }
    return entries;
  }
}
