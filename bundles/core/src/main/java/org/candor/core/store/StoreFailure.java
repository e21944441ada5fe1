package org.candor.core.store;

import java.io.EOFException;
import java.io.IOException;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/**
 * Exception classification: damaged content, which only setting the file aside helps against, or a
 * failure of the disk or of its use, which passes.
 */
final class StoreFailure {

  private StoreFailure() {}

  /** Whether the failure lies in what the file holds, rather than in the disk or in its use. */
  static boolean isTheContent(RuntimeException e) {
    if (!(e instanceof MVStoreException failure)) {
      return e instanceof DamagedException;
    }
    return switch (failure.getErrorCode()) {
      case DataUtils.ERROR_FILE_LOCKED, DataUtils.ERROR_WRITING_FAILED, DataUtils.ERROR_CLOSED ->
          false;
      // A file that ends too early is damaged; one that may not be read, or not now, is not.
      default -> !(root(e) instanceof IOException) || root(e) instanceof EOFException;
    };
  }

  /** As {@link #isTheContent}, while a file is being opened. */
  static boolean isTheContentOfWhatOpens(RuntimeException e) {
    // A damaged header shows as whatever went wrong first while it was parsed.
    return !(e instanceof MVStoreException) || isTheContent(e);
  }

  /** What went wrong in the end, for people. */
  static String message(RuntimeException e) {
    return root(e).getMessage();
  }

  private static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
