package org.candor.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.nio.file.AccessDeniedException;
import org.h2.mvstore.DataUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreFailureTest {

  private static RuntimeException engine(int code, Object... cause) {
    return DataUtils.newMVStoreException(code, "no", cause);
  }

  @Test
  void aDamagedRecordOrPageIsTheContent() {
    assertThat(StoreFailure.isTheContent(new DamagedException("no"))).isTrue();
    assertThat(StoreFailure.isTheContent(engine(DataUtils.ERROR_FILE_CORRUPT))).isTrue();
  }

  @Test
  void aFileThatEndsTooEarlyIsTheContentAndOneThatMayNotBeReadIsNot() {
    assertThat(
            StoreFailure.isTheContent(
                engine(DataUtils.ERROR_READING_FAILED, new EOFException("short"))))
        .isTrue();
    assertThat(
            StoreFailure.isTheContent(
                engine(DataUtils.ERROR_READING_FAILED, new AccessDeniedException("f"))))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {DataUtils.ERROR_FILE_LOCKED, DataUtils.ERROR_WRITING_FAILED, DataUtils.ERROR_CLOSED})
  void aFileThatIsInUseOrADiskThatIsFullIsNotTheContent(int code) {
    assertThat(StoreFailure.isTheContent(engine(code))).isFalse();
    assertThat(StoreFailure.isTheContentOfWhatOpens(engine(code))).isFalse();
  }

  @Test
  void whatGoesWrongWithoutTheEngineIsTheContentOnlyWhileAFileIsOpened() {
    RuntimeException parsing = new IllegalArgumentException("header");
    assertThat(StoreFailure.isTheContent(parsing)).isFalse();
    assertThat(StoreFailure.isTheContentOfWhatOpens(parsing)).isTrue();
  }

  @Test
  void peopleAreToldTheLastCause() {
    assertThat(
            StoreFailure.message(
                engine(DataUtils.ERROR_WRITING_FAILED, new AccessDeniedException("the disk"))))
        .isEqualTo("the disk");
  }
}
