package org.candor.itest.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.candor.http.testing.Peers;

/**
 * A network namespace with one way out, at whose end this process is, and with a capture that sees
 * every packet that a process in it sends over that way. All names are looked up at the other end,
 * too. Needs {@code ip} and {@code tcpdump}, and root.
 */
public final class Island implements AutoCloseable {

  /** Of TEST-NET-2 (RFC 5737), in nets of four addresses. */
  private static final int NETS = 64;

  private static final String PREFIX = "candor-";

  /** Which nothing else sends to: the discard service's. */
  private static final int MARK = 9;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Pattern LINE =
      Pattern.compile("IP6? (\\S+) > (\\S+)\\.(\\d+): (.*)|IP6? (\\S+) > (\\S+): (.*)");

  private final int net = takeNet();
  private final String name = PREFIX + net;
  private final Path files = Path.of("/etc/netns", name);
  private final String shore = "198.51.100." + (4 * net + 1);
  private final String address = "198.51.100." + (4 * net + 2);
  private final String shore6 = "2001:db8:" + net + "::1";
  private final String address6 = "2001:db8:" + net + "::2";
  private final Thread atExit = new Thread(this::removeQuietly, "island-remover");
  private final List<Packet> seen = new CopyOnWriteArrayList<>();
  private final Process capture;
  private int told;
  private int marks;

  /**
   * A packet that left.
   *
   * @param to the address
   * @param port 0 when the protocol has none
   * @param line as tcpdump prints it
   */
  public record Packet(String to, int port, String line) {
    @Override
    public String toString() {
      return line;
    }
  }

  public Island() throws IOException {
    try {
      run("ip", "addr", "add", shore + "/30", "dev", name);
      run("ip", "addr", "add", shore6 + "/64", "dev", name, "nodad");
      run("ip", "link", "set", name, "up");
      inside("ip", "addr", "add", address + "/30", "dev", "out0");
      inside("ip", "addr", "add", address6 + "/64", "dev", "out0", "nodad");
      inside("ip", "link", "set", "out0", "up");
      inside("ip", "link", "set", "lo", "up");
      inside("ip", "route", "add", "default", "via", shore);
      inside("ip", "-6", "route", "add", "default", "via", shore6);
      Files.createDirectories(files);
      Files.writeString(files.resolve("resolv.conf"), "nameserver " + shore + "\n");
      capture = capture();
      Runtime.getRuntime().addShutdownHook(atExit);
    } catch (IOException e) {
      remove();
      throw e;
    }
  }

  /** The first that no other island has, such as one that a killed run left behind. */
  private static int takeNet() throws IOException {
    IOException last = new IOException("no net is free");
    for (int net = 0; net < NETS; net++) {
      String name = PREFIX + net;
      try {
        run("ip", "netns", "add", name);
        try {
          run("ip", "link", "add", name, "type", "veth", "peer", "name", "out0", "netns", name);
          return net;
        } catch (IOException e) {
          run("ip", "netns", "del", name);
          throw e;
        }
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  /** The island's own address. */
  public String address() {
    return address;
  }

  /** Where this process can be reached from the island. */
  public InetAddress shore() throws IOException {
    return InetAddress.getByName(shore);
  }

  /** What to put before a command, so that it runs on the island. */
  public List<String> entry() {
    return List.of(tool("ip"), "netns", "exec", name);
  }

  /** Runs a command on the island, and tells what it said. */
  public String inside(String... command) throws IOException {
    List<String> all = new ArrayList<>(entry());
    all.addAll(List.of(command));
    return run(all.toArray(String[]::new));
  }

  /** The packets that left since this was asked last. */
  public List<Packet> packets() throws Exception {
    marks++;
    int wanted = marks;
    inside("bash", "-c", "echo mark > /dev/udp/" + shore + "/" + MARK);
    Eventually.await(
        "the mark in the capture",
        PATIENCE,
        () -> seen.stream().filter(packet -> packet.port() == MARK).count(),
        count -> count >= wanted);
    List<Packet> since = List.copyOf(seen.subList(told, seen.size()));
    told += since.size();
    return since.stream().filter(packet -> packet.port() != MARK).toList();
  }

  private Process capture() throws IOException {
    List<String> command = new ArrayList<>(entry());
    command.addAll(List.of(tool("tcpdump"), "-l", "-nn", "-q", "--immediate-mode", "-i", "out0"));
    command.add("(src host " + address + " or src host " + address6 + ") and not arp");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader lines = process.inputReader();
    String line = lines.readLine();
    while (line != null && !line.startsWith("listening on")) {
      line = lines.readLine();
    }
    if (line == null) {
      throw new IOException("tcpdump does not capture");
    }
    Thread reader = new Thread(() -> lines.lines().forEach(this::take), "island-capture");
    reader.setDaemon(true);
    reader.start();
    return process;
  }

  private void take(String line) {
    Matcher matcher = LINE.matcher(line);
    if (matcher.find()) {
      boolean hasPort = matcher.group(3) != null;
      seen.add(
          new Packet(
              hasPort ? matcher.group(2) : matcher.group(6),
              hasPort ? Integer.parseInt(matcher.group(3)) : 0,
              line));
    } else if (!line.matches("\\d+ packets? .*")) {
      seen.add(new Packet("", 0, line));
    }
  }

  private static String run(String... command) throws IOException {
    List<String> all = new ArrayList<>(List.of(command));
    all.set(0, tool(command[0]));
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
    return said;
  }

  private static String tool(String name) {
    return name.startsWith("/") ? name : Peers.here().find(name).orElseThrow().toString();
  }

  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(atExit);
    capture.destroyForcibly().onExit().join();
    remove();
  }

  private void removeQuietly() {
    try {
      capture.destroyForcibly();
      remove();
    } catch (IOException e) {
      System.err.println("The island " + name + " stays: " + e.getMessage());
    }
  }

  private void remove() throws IOException {
    Files.deleteIfExists(files.resolve("resolv.conf"));
    Files.deleteIfExists(files);
    run("ip", "netns", "del", name);
  }
}
