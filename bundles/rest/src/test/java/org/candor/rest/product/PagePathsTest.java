package org.candor.rest.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagePathsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          /services/detail/[id]                        | /services/detail/[id]
          /services/detail/7?user=jo@x.test#top        | /services/detail/[id]
          /services/jo@x.test/                         | /services/[id]
          /services/jo%40x.test                        | /services/[id]
          /a//b/../c                                   | /a/b/[id]/c
          /                                            | /
          //                                           | /
          /[jo@x.test]/[a b]/[]                        | /[id]/[id]/[id]
          /Käthe                                       | /[id]
          /abcdefghijabcdefghijabcdefghijk             | /[id]
          /index.html                                  | /[id]
          services                                     | /unknown
          https://x.test/a                             | /unknown
          ''                                           | /unknown
          """)
  void withoutRoutesOnlyWordsAndParametersAreKept(String path, String kept) {
    assertThat(new WordPaths().of(path)).isEqualTo(kept);
  }

  @Test
  void aPathThatIsTooLongIsUnknown() {
    assertThat(new WordPaths().of("/ab".repeat(66))).hasSize(198);
    assertThat(new WordPaths().of("/ab".repeat(67))).isEqualTo("/unknown");
    assertThat(new WordPaths().of("/1".repeat(4000))).isEqualTo("/unknown");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /services/detail/[id]                 | /services/detail/[id]
          /services/detail/7?user=jo@x.test     | /services/detail/[id]
          /services/detail/jo@x.test            | /services/detail/[id]
          /services/new                         | /services/new
          /services/new/                        | /services/new
          /services/other                       | /unknown
          /services/detail/                     | /unknown
          /services/detail/7/8                  | /unknown
          /                                     | /
          /jo                                   | /unknown
          """)
  void withRoutesAnythingElseIsUnknown(String path, String kept) {
    PagePaths routes = RoutePaths.of(List.of("/", "/services/new", "/services/detail/[id]"));
    assertThat(routes.of(path)).isEqualTo(kept);
  }
}
