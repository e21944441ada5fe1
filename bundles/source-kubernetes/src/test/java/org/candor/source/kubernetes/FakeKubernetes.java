package org.candor.source.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.candor.http.testing.Request;
import org.candor.http.testing.SocketServer;
import org.candor.http.testing.SocketServer.Script;
import org.candor.http.testing.Visit;

/**
 * An API server on loopback with the resources of one kind, which it lists and lets be watched as
 * the real one does: a watch gets what came after its version, in chunks, until it is cut.
 */
public final class FakeKubernetes implements AutoCloseable {

  private static final String KIND = "/apis/storageos.com/v1/";
  private static final Pattern FROM = Pattern.compile("resourceVersion=(\\d+)");

  private final Map<String, String> resources = new TreeMap<>();
  private final List<Event> events = new ArrayList<>();
  private final Map<String, String> documents = new ConcurrentHashMap<>();
  private final SocketServer server;
  private volatile String token = "";
  private volatile Script list = this::list;
  private volatile Script watch = this::watch;
  private int version = 100;
  private int cuts;

  private FakeKubernetes(boolean tls) throws Exception {
    server = tls ? SocketServer.https("localhost", this::play) : SocketServer.http(this::play);
  }

  private record Event(int version, String line) {}

  public static FakeKubernetes http() throws Exception {
    return new FakeKubernetes(false);
  }

  public static FakeKubernetes https() throws Exception {
    return new FakeKubernetes(true);
  }

  public String url() {
    return server.uri("").toString();
  }

  /** Creates or changes a resource. */
  public synchronized FakeKubernetes put(String name, String spec) {
    boolean there = resources.containsKey(name);
    String resource = resource(name, spec, ++version);
    resources.put(name, resource);
    return tell(there ? "MODIFIED" : "ADDED", resource);
  }

  public synchronized void delete(String name) {
    version++;
    tell("DELETED", resources.remove(name));
  }

  /** Sends a line to whoever watches. */
  public synchronized void say(String line) {
    events.add(new Event(++version, line));
    notifyAll();
  }

  /** Ends all watches, in the middle of their answers. */
  public synchronized void cut() {
    cuts++;
    notifyAll();
  }

  /** Only requests with this bearer token are answered from now on. */
  public void requireToken(String required) {
    token = required;
  }

  /** Answers lists so. */
  public void lists(Script script) {
    list = script;
  }

  public void listsAsUsual() {
    list = this::list;
  }

  /** Answers watches so. */
  public void watches(Script script) {
    watch = script;
  }

  public void watchesAsUsual() {
    watch = this::watch;
  }

  /** Answers another path. */
  public FakeKubernetes with(String path, String body) {
    documents.put(path, body);
    return this;
  }

  public static Script status(int status) {
    return visit -> visit.answer(status, "", "{\"kind\":\"Status\",\"code\":" + status + "}");
  }

  public static Script body(String body) {
    return visit -> visit.answer(200, "", body);
  }

  /** Request lines so far. */
  public List<String> asked() {
    return server.requests().stream()
        .map(request -> request.line().replace(" HTTP/1.1", "").replace("GET ", ""))
        .toList();
  }

  public int visits() {
    return server.visits();
  }

  public List<Request> requests() {
    return server.requests();
  }

  public boolean awaitLeft() throws InterruptedException {
    return server.awaitLeft();
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }

  private FakeKubernetes tell(String type, String object) {
    events.add(new Event(version, "{\"type\":\"" + type + "\",\"object\":" + object + "}\n"));
    notifyAll();
    return this;
  }

  private static String resource(String name, String spec, int version) {
    return """
        {"apiVersion":"storageos.com/v1","kind":"StorageOSCluster","metadata":{"name":"%s",\
        "namespace":"storageos","resourceVersion":"%d","managedFields":[{"fieldsV1":\
        {"f:spec":{"f:a":{}}}}]},"spec":%s,"status":{"phase":"Running"}}"""
        .formatted(name, version, spec);
  }

  private void play(Visit visit) throws Exception {
    Request request = visit.read();
    String path = request.line().split(" ")[1];
    if (!token.isEmpty() && !request.header("Authorization").equals("Bearer " + token)) {
      status(401).play(visit);
    } else if (documents.containsKey(path)) {
      body(documents.get(path)).play(visit);
    } else if (!path.startsWith(KIND)) {
      status(404).play(visit);
    } else if (path.contains("watch=true")) {
      watch.play(visit);
    } else {
      list.play(visit);
    }
  }

  private void list(Visit visit) throws IOException {
    String body;
    synchronized (this) {
      body =
          "{\"kind\":\"StorageOSClusterList\",\"metadata\":{\"resourceVersion\":\"%d\"},\"items\":[%s]}"
              .formatted(version, String.join(",", resources.values()));
    }
    visit.answer(200, "Content-Type: application/json\r\n", body);
  }

  private void watch(Visit visit) throws Exception {
    Matcher matcher = FROM.matcher(asked().get(asked().size() - 1));
    int seen = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    int before;
    synchronized (this) {
      before = cuts;
    }
    visit.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    while (true) {
      List<Event> due = new ArrayList<>();
      synchronized (this) {
        while (cuts == before && (events.isEmpty() || latest() <= seen)) {
          wait();
        }
        if (cuts != before) {
          return;
        }
        for (Event event : events) {
          if (event.version > seen) {
            due.add(event);
          }
        }
        seen = latest();
      }
      for (Event event : due) {
        byte[] line = event.line.getBytes(StandardCharsets.UTF_8);
        visit.write(Integer.toHexString(line.length) + "\r\n");
        visit.write(line);
        visit.write("\r\n");
      }
    }
  }

  private int latest() {
    return events.get(events.size() - 1).version;
  }
}
