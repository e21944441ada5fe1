package org.candor.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import org.candor.api.Bytes;
import org.junit.jupiter.api.Test;

class InboxTest {

  private final Inbox inbox = new Inbox(Clock.systemUTC());

  @Test
  void theOldestEntriesGo() {
    for (int i = 0; i < Inbox.MOST_ENTRIES + 2; i++) {
      inbox.add("segment", Bytes.utf8("" + i), List.of());
    }
    assertThat(inbox.entries()).hasSize(Inbox.MOST_ENTRIES);
    assertThat(inbox.entries().get(0).body().utf8()).isEqualTo("2");
  }

  @Test
  void bodiesAreBoundedTogether() {
    Bytes half = Bytes.copyOf(new byte[(int) (Inbox.MOST_BYTES / 2)]);
    inbox.add("segment", half, List.of());
    inbox.add("segment", half, List.of());
    assertThat(inbox.entries()).hasSize(2);
    inbox.add("segment", Bytes.utf8("last"), List.of());
    assertThat(inbox.entries()).hasSize(2);
    assertThat(inbox.entries().get(1).body().utf8()).isEqualTo("last");
  }

  @Test
  void idsOutliveTheirEntriesButNotForEver() {
    inbox.add("segment", Bytes.utf8("x"), List.of("first"));
    for (int i = 0; i < Inbox.MOST_ENTRIES; i++) {
      inbox.add("segment", Bytes.utf8("x"), List.of("id-" + i));
    }
    assertThat(duplicates("first")).isEqualTo(1);
    for (int i = 0; i < Inbox.MOST_IDS; i++) {
      inbox.add("segment", Bytes.utf8("x"), List.of("other-" + i));
    }
    assertThat(duplicates("first")).isZero();
  }

  @Test
  void anIdTwiceInOneBodyIsADuplicate() {
    inbox.add("segment", Bytes.utf8("x"), List.of("1", "1"));
    assertThat(inbox.entries().get(0).duplicates()).isEqualTo(1);
  }

  private int duplicates(String id) {
    inbox.add("segment", Bytes.utf8("x"), List.of(id));
    List<ReceivedMessage> entries = inbox.entries();
    return entries.get(entries.size() - 1).duplicates();
  }
}
