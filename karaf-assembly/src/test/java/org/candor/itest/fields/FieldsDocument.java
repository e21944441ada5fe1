package org.candor.itest.fields;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.candor.api.report.Field;
import org.candor.api.report.Sensitivity;

/** The list of all fields of all shipped channels, for people. */
final class FieldsDocument {

  private static final String BEGINNING =
      """
      # What may leave

      Everything that Candor's channels can send, field by field: what it says, what the vendor does with it, and \
      what it tells about you. The same list, of the channels that you have, is printed by `telemetry:fields` in the \
      shell; `telemetry:preview CHANNEL` shows the bytes with your own values in them.

      The list is complete by construction: a channel hands a formatter only the facts that its list names. A test \
      sends 10,000 random reports and crashes through every channel and finds nothing in them that is not here. A \
      field that a later version adds is announced, and held back until the grace period has passed again or you \
      accept it; `telemetry:fields --since VERSION` lists such fields.

      In names, `*` stands for any text and `[]` for the entries of a list.

      | sensitivity | means |
      |---|---|
      | `none` | says nothing about this installation: a constant, a random id of a message, a time |
      | `technical` | describes the installation, not its owner: a version, a count |
      | `pseudonymous` | recognises the same installation again, without saying whose it is |
      | `customer` | names the customer, because the customer's contract does |

      <!-- Made by FieldsDocumentIT from the catalogues in the code. Do not edit: the build compares. -->
      """;

  private FieldsDocument() {}

  static String text(List<ShippedChannel> channels) throws IOException {
    StringBuilder text = new StringBuilder(BEGINNING);
    Map<List<Field>, String> told = new LinkedHashMap<>();
    for (ShippedChannel channel : channels) {
      List<Field> fields = channel.fields();
      text.append("\n## ").append(channel.name()).append("\n\n");
      text.append(channel.description()).append("\n\n");
      text.append(
          "Purpose `%s`, formatter `%s`, sink `%s`; "
              .formatted(channel.purpose(), channel.formatter(), channel.sink()));
      if (told.containsKey(fields)) {
        String first = told.get(fields);
        text.append("the same %d fields as [%s](#%s).\n".formatted(fields.size(), first, first));
      } else {
        text.append(counts(fields)).append(".\n\n").append(table(fields));
        told.put(fields, channel.name());
      }
    }
    return text.append(ending()).toString();
  }

  private static String counts(List<Field> fields) {
    List<String> counts = new ArrayList<>();
    for (Sensitivity sensitivity : Sensitivity.values()) {
      long count = fields.stream().filter(f -> f.sensitivity() == sensitivity).count();
      if (count > 0) {
        counts.add(count + " " + sensitivity.label());
      }
    }
    return fields.size() + " fields: " + String.join(", ", counts);
  }

  private static String table(List<Field> fields) {
    return "| name | type | says | why | sensitivity | since |\n|---|---|---|---|---|---|\n"
        + fields.stream().map(FieldsDocument::row).collect(Collectors.joining());
  }

  private static String row(Field field) {
    return "| `%s` | %s | %s | %s | %s | %s |\n"
        .formatted(
            cell(field.name()),
            field.type().label() + (field.unit().isEmpty() ? "" : ", " + cell(field.unit())),
            cell(field.meaning()),
            cell(field.why()),
            field.sensitivity().label(),
            field.since());
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private static String ending() throws IOException {
    List<String> silent = new ArrayList<>();
    for (Plugin plugin : Plugin.all()) {
      if (plugin.kind().equals("sink") && plugin.sink(Map.of()).fields().fields().isEmpty()) {
        silent.add("`" + plugin.name() + "`");
      }
    }
    return """

        ## Other sinks

        A channel whose file in `etc/` names another sink sends its formatter's fields, and those that the sink adds \
        around them. %s adds none.
        """
        .formatted(String.join(", ", silent));
  }
}
