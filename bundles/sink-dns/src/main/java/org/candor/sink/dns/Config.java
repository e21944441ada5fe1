package org.candor.sink.dns;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * {@code etc/org.candor.sink.dns.cfg}. The file describes the whole DNS channel: {@code publicKey}
 * and {@code identity} are read by {@code format-dns}, and only described here.
 */
@ObjectClassDefinition(
    name = "Candor: DNS sink",
    description =
        "Where the question for a newer version is asked, what it reveals of this installation, and"
            + " which answers are accepted.")
@interface Config {

  @AttributeDefinition(
      name = "Zone",
      description =
          "The domain under which the vendor answers, such as updates.example.com. Nothing is asked"
              + " while it is empty.")
  String zone() default "";

  @AttributeDefinition(
      name = "Resolver",
      description =
          "Who is asked: one or more hosts, or host:port, separated by commas and asked in turn;"
              + " IPv6 addresses in brackets, such as [2001:db8::53]:53. Or one URL that begins with"
              + " https:// for DNS over HTTPS (RFC 8484), which goes through the proxy of"
              + " etc/org.candor.http.cfg; the server has to speak HTTP/1.1. Empty for the system's"
              + " resolvers.")
  String resolver() default "";

  @AttributeDefinition(
      name = "Public key",
      description =
          "The vendor's Ed25519 key as telemetry:key prints it (base64url). With a key, only answers"
              + " that it signed are accepted; without one, upgrades are marked as unsigned.")
  String publicKey() default "";

  @AttributeDefinition(
      name = "Identity",
      description =
          "anonymous: the question carries ids from which nobody can tell the cluster or the node,"
              + " but which stay the same from day to day. none: it carries no id, and is the same"
              + " for all installations of a version, so that caches can answer it.")
  String identity() default "anonymous";
}
