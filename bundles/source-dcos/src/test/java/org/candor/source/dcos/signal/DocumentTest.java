package org.candor.source.dcos.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.fact.FactNames;
import org.candor.http.json.Json;
import org.candor.http.json.JsonFormatException;
import org.candor.http.json.JsonLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What dcos-signal's configuration says, value by value; an apostrophe stands for a quote. */
class DocumentTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{}                                    |        | ",
        "{'customer_key':'x'}                  |        | ",
        "{'enabled':true}                      | ALLOWS  | true",
        "{'enabled':'true'}                    | ALLOWS  | 'true'",
        "{'enabled':'True'}                    | ALLOWS  | 'True'",
        "{'enabled':'TRUE'}                    | ALLOWS  | 'TRUE'",
        "{'ENABLED':'true'}                    | ALLOWS  | 'true'",
        "{'enabled':'false'}                   | FORBIDS | 'false'",
        "{'enabled':'False'}                   | FORBIDS | 'False'",
        "{'Enabled':'false'}                   | FORBIDS | 'false'",
        "{'enabled':false}                     | FORBIDS | false",
        "{'enabled':'no'}                      | FORBIDS | 'no'",
        "{'enabled':'yes'}                     | FORBIDS | 'yes'",
        "{'enabled':' true'}                   | FORBIDS | ' true'",
        "{'enabled':'true\\u0000'}             | FORBIDS | 'true '",
        "{'enabled':''}                        | FORBIDS | ''",
        "{'enabled':0}                         | FORBIDS | 0",
        "{'enabled':1}                         | FORBIDS | 1",
        "{'enabled':null}                      | FORBIDS | null",
        "{'enabled':{'enabled':true}}          | FORBIDS | an object",
        "{'enabled':[true]}                    | FORBIDS | a list",
        "{'enabled':true,'enabled':'false'}    | FORBIDS | 'false'",
        "{'enabled':'false','enabled':true}    | FORBIDS | 'false'",
        "{'enabled':'false','ENABLED':true}    | FORBIDS | 'false'",
        "{'enabled':true,'enabled':true}       | ALLOWS  | true"
      })
  void anythingButTrueForbids(String json, LayerAnswer word, String text) throws IOException {
    Optional<Enabled> enabled = signal(json).enabled();
    assertThat(enabled.map(Enabled::answer)).isEqualTo(Optional.ofNullable(word));
    if (word != null) {
      assertThat(enabled.get().text().replace('"', '\'')).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "true",
        "'enabled'",
        "{'enabled':",
        "{'enabled':true",
        "{'enabled':true}}",
        "{'enabled':true}{}",
        "{'enabled':True}",
        "{enabled:true}",
        "{'enabled':true,}",
        "# no JSON"
      })
  void whatIsNoObjectIsNotGuessed(String json) {
    assertThatThrownBy(() -> signal(json)).isInstanceOf(JsonFormatException.class);
  }

  @Test
  void theOtherKeysAreFacts() throws IOException {
    assertThat(
            signal(
                    "{'customer_key':' key-1 ','gen_platform':'aws','gen_provider':'onprem',"
                        + "'gen_variant':'enterprise','license_id':'l-1','cluster_id':'c',"
                        + "'ca_cert_path':'/x','version':'no','cosmos_urls':['http://x']}")
                .facts())
        .isEqualTo(
            Map.of(
                FactNames.CUSTOMER_KEY, "key-1",
                FactNames.PLATFORM, "aws",
                FactNames.PROVIDER, "onprem",
                FactNames.PRODUCT_VARIANT, "enterprise",
                FactNames.LICENSE_ID, "l-1"));
    assertThat(signal("{'customer_key':'','gen_platform':null,'license_id':7}").facts()).isEmpty();
  }

  @Test
  void theVersionFileNamesVersionAndVariant() throws IOException {
    Document version =
        read(
            "{'version':'2.2.0','dcos-image-commit':'5263b0c','bootstrap-id':'1c5b',"
                + "'dcos-variant':'open','enabled':false}",
            Document::version);
    assertThat(version.facts())
        .isEqualTo(Map.of(FactNames.PRODUCT_VERSION, "2.2.0", FactNames.PRODUCT_VARIANT, "open"));
    assertThat(version.enabled()).isEmpty();
  }

  private static Document signal(String json) throws IOException {
    return read(json, Document::signal);
  }

  private static Document read(String json, Json.Document<Document> reader) throws IOException {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return Json.read(new ByteArrayInputStream(bytes), JsonLimits.ofDocument(1 << 20, 64), reader);
  }
}
