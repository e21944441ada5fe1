package org.candor.format.dns.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.candor.format.dns.answer.Urgency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleasesReaderTest {

  @TempDir private Path directory;

  @Test
  void readsWhatTheSurfaceShows() throws Exception {
    assertThat(
            read(
                """
                {"product":"p","newest":"2.0.0","url":"https://example.com/","validFor":"30d",
                 "releases":{"1.2.3":"recommended","1.0.0":"required","2.0.0":"ok"}}
                """))
        .isEqualTo(
            new Releases(
                "p",
                "2.0.0",
                "https://example.com/",
                Duration.ofDays(30),
                Map.of(
                    "1.2.3", Urgency.RECOMMENDED,
                    "1.0.0", Urgency.REQUIRED,
                    "2.0.0", Urgency.OK)));
  }

  @Test
  void needsAProductAndItsNewestVersionOnly() throws Exception {
    assertThat(read("{\"product\":\"p\",\"newest\":\"2\"}"))
        .isEqualTo(new Releases("p", "2", "", Duration.ofDays(90), Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | is not JSON in UTF-8",
        "{ | is not JSON in UTF-8",
        "{\"product\":\"p\",\"newest\":\"2\"}x | is not JSON in UTF-8",
        "{'product':'p'} | is not JSON in UTF-8",
        "[] | should hold one object with the keys product, newest, url, validFor and releases.",
        "{} | : product is missing.",
        "{\"product\":\"p\"} | : newest is missing.",
        "{\"product\":5} | : product should be a text in quotes.",
        "{\"product\":null} | : product should be a text in quotes.",
        "{\"product\":\"\"} | : product =  is refused; allowed is a text of 1 to 100 characters",
        "{\"product\":\"a\\u001bb\"} | : product = a?b is refused",
        "{\"newest\":\"latest\"} | : newest = latest is refused; allowed is a version that begins"
            + " with a number",
        "{\"url\":\"ftp://e.com\"} | : url = ftp://e.com is refused; allowed is a URL that begins"
            + " with https:// or http://",
        "{\"validFor\":\"90\"} | : validFor = 90 is refused; allowed is a number with h or d, from"
            + " 1h to 3650d.",
        "{\"validFor\":\"0h\"} | : validFor = 0h is refused",
        "{\"validFor\":\"3651d\"} | : validFor = 3651d is refused",
        "{\"versions\":{}} | : the key versions is not known; allowed are product, newest,",
        "{\"releases\":[]} | : releases should be an object with a severity for each version.",
        "{\"releases\":{\"1\":\"fine\"}} | : releases.1 = fine is refused; allowed is ok,"
            + " recommended or required.",
        "{\"releases\":{\"1\":{}}} | : releases.1 should be a text in quotes.",
        "{\"releases\":{\"\":\"ok\"}} | : releases =  is refused",
        "{\"releases\":{\"1\":\"ok\",\"1\":\"ok\"}} | : releases.1 comes twice.",
      })
  void namesFileKeyValueAndWhatIsAllowed(String json, String said) {
    assertThatExceptionOfType(VendorException.class)
        .isThrownBy(() -> read(json))
        .withMessageStartingWith(directory.resolve("releases.json").toString())
        .withMessageContaining(said);
  }

  @Test
  void refusesAFileThatIsNotThereOrNoUtf8() throws Exception {
    Path latin = Files.write(directory.resolve("l"), "{\"é".getBytes(StandardCharsets.ISO_8859_1));

    assertThatExceptionOfType(VendorException.class)
        .isThrownBy(() -> ReleasesReader.read(latin))
        .withMessageContaining("is not JSON in UTF-8");
    assertThatExceptionOfType(VendorException.class)
        .isThrownBy(() -> ReleasesReader.read(directory.resolve("missing")))
        .withMessageContaining("cannot be read");
  }

  private Releases read(String json) throws VendorException, IOException {
    Path file = directory.resolve("releases.json");
    return ReleasesReader.read(Files.writeString(file, json));
  }
}
