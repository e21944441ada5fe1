package org.candor.source.kubernetes.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.http.json.Json;
import org.candor.http.json.JsonFormatException;
import org.candor.source.kubernetes.api.KindName;
import org.candor.source.kubernetes.json.ApiLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON lets a key stand twice, and leaves open which of them is meant. */
class DuplicateKeysTest {

  private static final Selection ALL =
      new Selection(KindName.of("StorageOSCluster"), "", "", Optional.empty());

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'disableTelemetry':true,'disableTelemetry':false}                      | FORBIDS",
        "{'disableTelemetry':false,'disableTelemetry':true}                      | FORBIDS",
        "{'disableTelemetry':false,'disableTelemetry':'no'}                      | FORBIDS",
        "{'disableTelemetry':'no','disableTelemetry':false}                      | FORBIDS",
        "{'disableTelemetry':true,'disableTelemetry':null}                       | FORBIDS",
        "{'disableTelemetry':false,'disableTelemetry':null}                      | ALLOWS",
        "{'disableTelemetry':false,'disableTelemetry':false}                     | ALLOWS",
        "{'disableTelemetry':true},'spec':{'disableTelemetry':false}             | FORBIDS",
        "{'disableTelemetry':false},'spec':{'disableTelemetry':true}             | FORBIDS",
        "{'disableTelemetry':true},'spec':{}                                     | FORBIDS",
        "{'disableTelemetry':true},'spec':null                                   | FORBIDS",
        "{},'spec':null                                                          | SILENT"
      })
  void theStricterCounts(String spec, LayerAnswer usage) throws IOException {
    assertThat(usage("{'metadata':{'name':'a'},'spec':" + spec + "}").answer()).isEqualTo(usage);
  }

  @Test
  void theValueThatForbidsIsNamed() throws IOException {
    assertThat(
            usage(
                    "{'metadata':{'name':'a'},"
                        + "'spec':{'disableTelemetry':true,'disableTelemetry':false}}")
                .why())
        .isEqualTo("spec.disableTelemetry = true in StorageOSCluster a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'metadata':{'name':'a','name':'b'}}",
        "{'metadata':{'name':'a'},'metadata':{'name':'b'}}",
        "{'metadata':{'name':'a','namespace':'x','namespace':'y'}}"
      })
  void whoseItIsIsNotGuessed(String resource) {
    assertThatThrownBy(() -> usage(resource))
        .isInstanceOf(JsonFormatException.class)
        .hasMessageContaining("is called");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'MODIFIED','object':{'metadata':{'name':'a'}},'object':{'metadata':{}}}",
        "{'type':'MODIFIED','type':'DELETED','object':{'metadata':{'name':'a'}}}"
      })
  void oneEventIsOne(String line) {
    assertThatThrownBy(() -> SpecEvent.read(bytes(line)))
        .isInstanceOf(JsonFormatException.class)
        .hasMessageContaining("two events");
  }

  private static Verdict usage(String resource) throws IOException {
    Spec spec =
        Json.read(new ByteArrayInputStream(bytes(resource)), ApiLimits.DOCUMENT, ApiObject::read)
            .named();
    return new SpecState.Known(ALL, List.of(spec), Optional.empty()).verdict(Purpose.USAGE);
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
