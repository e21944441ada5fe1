package org.candor.format.segment;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.candor.api.Bytes;
import org.candor.api.fact.FactNames;
import org.candor.api.report.Message;
import org.candor.api.report.Report;
import org.candor.api.web.WebEventAction;

/**
 * Writes what people did in a product's web page as the calls that DC/OS's page made: {@code
 * identify} and {@code track} for a login, {@code track} for a logout, {@code page} for a page.
 * What DC/OS gave away beyond that is left out: {@code url}, {@code title} and {@code referrer} are
 * always empty, and there is no {@code email}.
 *
 * <p>A message's identity follows from the cluster's id, the event's own and the call, so that an
 * event that comes twice makes the same messages. With each text of at most {@link
 * Common#TEXT_LIMIT} bytes a message stays far below Segment's 32 KB.
 */
final class WebWriter {

  /** Bytes that a character takes at most. */
  private static final int WIDEST = 3;

  private static final String UNKNOWN = "/unknown";

  private final Notices notices;
  private final EventNames names;
  private final String clusterId;
  private final String clusterIdJson;
  private final String versionJson;
  private final StringBuilder json = new StringBuilder(512);
  private final List<Message> messages = new ArrayList<>();

  private WebWriter(Report report, EventNames names, Notices notices) {
    this.notices = notices;
    this.names = names;
    this.clusterId = report.text(FactNames.CLUSTER_ID).strip();
    this.clusterIdJson = text("clusterId", clusterId, "");
    this.versionJson = text("version", report.text(FactNames.PRODUCT_VERSION), "");
  }

  static List<Message> write(Report report, EventNames names, Notices notices) {
    WebWriter writer = new WebWriter(report, names, notices);
    ReportedWebEvent.of(report, notices).forEach(writer::write);
    return writer.messages;
  }

  private void write(ReportedWebEvent event) {
    if (event.id().isEmpty()) {
      notices.unusable(FactNames.UI_ID);
    } else if (event.is(WebEventAction.LOGIN)) {
      if (!event.user().isEmpty()) {
        identify(event);
      }
      track(event, names.login());
    } else if (event.is(WebEventAction.LOGOUT)) {
      track(event, names.logout());
    } else if (event.is(WebEventAction.PAGE)) {
      page(event);
    } else {
      notices.unusable(FactNames.UI_ACTION);
    }
  }

  private void identify(ReportedWebEvent event) {
    String id = begin("identify", event);
    json.append(",\"traits\":{");
    product(event, "");
    end(id, "identify");
  }

  private void track(ReportedWebEvent event, String name) {
    String id = begin("track", event);
    json.append(",\"event\":").append(JsonEncoder.text(name)).append(",\"properties\":{");
    product(event, "");
    end(id, name);
  }

  private void page(ReportedWebEvent event) {
    String id = begin("page", event);
    json.append(",\"properties\":{");
    product(event, path(event));
    end(id, "page");
  }

  private String begin(String call, ReportedWebEvent event) {
    String id = id(call, event.id());
    json.setLength(0);
    json.append("{\"type\":\"").append(call).append('"');
    String user = event.user().isEmpty() ? "\"\"" : text("userId", event.user(), "");
    if (!user.equals("\"\"")) {
      json.append(",\"userId\":").append(user);
    } else {
      json.append(",\"anonymousId\":").append(text("anonymousId", event.visitor(), clusterId));
    }
    json.append(",\"messageId\":\"").append(id).append('"');
    json.append(",\"timestamp\":").append(text("timestamp", event.at(), ""));
    return id;
  }

  /** What all calls say of the product, in the order of the keys; and where, on a page. */
  private void product(ReportedWebEvent event, String path) {
    json.append("\"appVersion\":").append(text("appVersion", event.version(), ""));
    json.append(",\"clusterId\":").append(clusterIdJson);
    if (!path.isEmpty()) {
      json.append(",\"path\":").append(text("path", path, UNKNOWN));
    }
    json.append(",\"product\":").append(text("product", event.product(), ""));
    if (!path.isEmpty()) {
      json.append(",\"referrer\":\"\",\"title\":\"\",\"url\":\"\"");
    }
    json.append(",\"version\":").append(versionJson);
  }

  private void end(String id, String name) {
    json.append("}}");
    messages.add(new Message(id, name, MessageWriter.MEDIA_TYPE, Bytes.utf8(json.toString())));
  }

  /** Whoever made the event has templated it; a query would be no part of a route all the same. */
  private static String path(ReportedWebEvent event) {
    String path = event.path();
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) == '?' || path.charAt(i) == '#') {
        path = path.substring(0, i);
      }
    }
    return path.isEmpty() ? UNKNOWN : path;
  }

  private String id(String call, String event) {
    String name = clusterId + "\n" + event + "\n" + call;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** A text in JSON, or what stands for it when there is none or it is too large. */
  private String text(String key, String text, String otherwise) {
    String quoted = JsonEncoder.text(text.isEmpty() ? otherwise : text);
    if (quoted.length() <= Common.TEXT_LIMIT / WIDEST
        || JsonEncoder.size(quoted) <= Common.TEXT_LIMIT) {
      return quoted;
    }
    notices.tooLarge("the value of " + key, text);
    return JsonEncoder.text(otherwise);
  }
}
