package org.candor.core.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class GroupCommitTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<List<Integer>> groups = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void whoeverComesWhileOneWorksIsDealtWithTogether() throws Exception {
    GroupCommit<Integer, Integer> commits = new GroupCommit<>(this::squares);
    Future<Integer> first = threads.submit(() -> commits.bring(3));
    begun.await();
    List<Future<Integer>> others = new ArrayList<>();
    for (int i = 10; i < 30; i++) {
      int brought = i;
      others.add(threads.submit(() -> commits.bring(brought)));
    }
    while (commits.waiting() < 20) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    released.countDown();

    assertThat(first.get()).isEqualTo(9);
    for (int i = 0; i < 20; i++) {
      assertThat(others.get(i).get()).isEqualTo((10 + i) * (10 + i));
    }
    assertThat(groups).hasSize(2);
  }

  @Test
  void aFailureIsEachOnesAndTheNextGroupBeginsAfresh() throws Exception {
    GroupCommit<Integer, Integer> commits =
        new GroupCommit<>(
            group -> {
              if (group.contains(0)) {
                throw new IOException("the disk is full");
              }
              return squares(group);
            });
    released.countDown();

    assertThatThrownBy(() -> commits.bring(0)).hasMessage("the disk is full");
    assertThat(commits.bring(2)).isEqualTo(4);
  }

  @Test
  void aFaultInTheWorkLeavesNobodyWaiting() throws Exception {
    GroupCommit<Integer, Integer> commits =
        new GroupCommit<>(
            group -> {
              squares(group);
              throw new IllegalStateException("a fault");
            });
    Future<Integer> first = threads.submit(() -> commits.bring(1));
    begun.await();
    Future<Integer> second = threads.submit(() -> commits.bring(2));
    released.countDown();

    assertThatThrownBy(first::get).isInstanceOf(ExecutionException.class);
    assertThatThrownBy(() -> second.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class);
    commits.settle();
  }

  @Test
  void whoIsInterruptedWhileWaitingHasBroughtNothing() throws Exception {
    GroupCommit<Integer, Integer> commits = new GroupCommit<>(this::squares);
    Future<Integer> first = threads.submit(() -> commits.bring(1));
    begun.await();
    CountDownLatch left = new CountDownLatch(1);
    Thread second =
        new Thread(
            () -> {
              assertThatThrownBy(() -> commits.bring(2)).isInstanceOf(IOException.class);
              left.countDown();
            });
    second.start();
    while (commits.waiting() < 1) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    second.interrupt();
    left.await();
    released.countDown();
    first.get();

    assertThat(commits.bring(3)).isEqualTo(9);
    assertThat(groups).containsExactly(List.of(1), List.of(3));
  }

  private List<Integer> squares(List<Integer> group) {
    groups.add(group);
    begun.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return group.stream().map(number -> number * number).toList();
  }
}
