package org.candor.http.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.candor.http.testing.PeerProcess;

/** Proxies as people run them, each for one test. */
final class RealProxies {

  /** Needs to be quoted for a URL, and the password too. */
  static final String USER = "some@body";

  static final String PASSWORD = "s3cr:et/";

  /** The same, as it stands in a URL. */
  static final String LOGIN = "some%40body:s3cr%3Aet%2F";

  // All that tinyproxy takes are letters and digits.
  static final String PLAIN_LOGIN = "somebody:s3cret";

  // openssl passwd -apr1 -salt candor00 's3cr:et/'
  private static final String HASH = "$apr1$candor00$e48zfdJuqazAGQyOZ8LLM.";

  private RealProxies() {}

  static PeerProcess squid(boolean wantsLogin, String... rules) throws IOException {
    return PeerProcess.start(
        "squid",
        (directory, port) -> {
          Files.writeString(directory.resolve("users"), USER + ":" + HASH + "\n");
          String allowed =
              wantsLogin
                  ? "auth_param basic program "
                      + helper()
                      + " "
                      + directory.resolve("users")
                      + "\nauth_param basic children 1 startup=1\n"
                      + "acl allowed proxy_auth REQUIRED\n"
                  : "acl allowed src 127.0.0.1\n";
          String configuration =
              "http_port 127.0.0.1:"
                  + port
                  + "\n"
                  + allowed
                  + String.join("\n", rules)
                  + "\nhttp_access allow allowed\n"
                  + "http_access deny all\n"
                  // No packet to a name server, whatever this machine's settings say.
                  + "dns_nameservers 127.0.0.1\n"
                  + "visible_hostname squid.example\n"
                  + "cache deny all\n"
                  + "cache_mem 8 MB\n"
                  + "memory_cache_shared off\n"
                  + "max_filedescriptors 1024\n"
                  + "pinger_enable off\n"
                  + "pid_filename none\n"
                  + "netdb_filename none\n"
                  + "access_log none\n"
                  + "cache_log "
                  + directory.resolve("log")
                  + "\ncoredump_dir "
                  + directory
                  + "\n";
          Path file = Files.writeString(directory.resolve("squid.conf"), configuration);
          return List.of("-N", "-n", "candor" + port, "-f", file.toString());
        });
  }

  static PeerProcess tinyproxy(boolean wantsLogin) throws IOException {
    return PeerProcess.start(
        "tinyproxy",
        (directory, port) -> {
          String configuration =
              "Port "
                  + port
                  + "\nListen 127.0.0.1\nAllow 127.0.0.1\nMaxClients 10\nTimeout 10\n"
                  + (wantsLogin ? "BasicAuth " + PLAIN_LOGIN.replace(':', ' ') + "\n" : "");
          Path file = Files.writeString(directory.resolve("tinyproxy.conf"), configuration);
          return List.of("-d", "-c", file.toString());
        });
  }

  static PeerProcess microsocks(boolean wantsLogin) throws IOException {
    return PeerProcess.start(
        "microsocks",
        (directory, port) -> {
          List<String> listen = List.of("-i", "127.0.0.1", "-p", Integer.toString(port));
          return wantsLogin
              ? Stream.concat(listen.stream(), Stream.of("-u", USER, "-P", PASSWORD)).toList()
              : listen;
        });
  }

  private static Path helper() throws IOException {
    Optional<Path> helper =
        Stream.of("/usr/lib/squid", "/usr/lib64/squid", "/usr/libexec/squid")
            .map(directory -> Path.of(directory, "basic_ncsa_auth"))
            .filter(Files::isExecutable)
            .findFirst();
    return helper.orElseThrow(() -> new IOException("squid came without basic_ncsa_auth"));
  }
}
