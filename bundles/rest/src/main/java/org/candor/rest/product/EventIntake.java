package org.candor.rest.product;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.candor.api.ChannelState;
import org.candor.api.web.WebEvent;
import org.candor.api.web.WebEventIntake;
import org.candor.control.document.JsonDocument;
import org.candor.rest.response.RefusedRequestException;
import org.candor.rest.response.RestResponse;

/** Web event intake: takes the events of a request, all or none. Thread-safe. */
final class EventIntake {

  private static final Pattern JSON =
      Pattern.compile("application/json(\\s*;\\s*charset\\s*=\\s*\"?utf-8\"?)?\\s*;?");
  private static final Pattern TEXT =
      Pattern.compile("text/plain(\\s*;\\s*charset\\s*=\\s*\"?utf-8\"?)?\\s*;?");
  private static final Map<String, String> SOON = Map.of("Retry-After", "5");

  private final Products products;
  private final Senders senders;
  private final EventReader reader;
  private final EventRateLimiter allowance;
  private final ProductBound bound;

  /**
   * @param allowance of each client
   * @param bound of each product
   */
  EventIntake(
      Products products,
      Senders senders,
      EventReader reader,
      EventRateLimiter allowance,
      ProductBound bound) {
    this.products = products;
    this.senders = senders;
    this.reader = reader;
    this.allowance = allowance;
    this.bound = bound;
  }

  /**
   * The products that a request may be of.
   *
   * @throws RefusedRequestException when its sender may not send here
   */
  List<Product> sending(Headers headers) throws RefusedRequestException {
    return senders.of(headers);
  }

  RestResponse take(HttpExchange exchange, List<Product> sending)
      throws IOException, RefusedRequestException {
    Headers headers = exchange.getRequestHeaders();
    checkType(headers);
    String client = exchange.getRemoteAddress().getAddress().getHostAddress();
    checkAllowance(client, sending);
    SentEvents sent = reader.read(exchange.getRequestBody().readAllBytes());
    String key = Optional.ofNullable(headers.getFirst("X-Candor-Key")).orElse(sent.key());
    Product product = senders.choose(sending, key);
    checkAllowance(client, List.of(product));
    checkBound(product);
    WebEventIntake intake =
        products
            .intake()
            .orElseThrow(
                () ->
                    new RefusedRequestException(
                        503, "Events cannot be accepted at present.", SOON));
    allowance.spend(account(client, product), product.perMinute(), sent.events().size());
    bound.spend(product, sent.events().size());
    return RestResponse.of(202, new JsonDocument(take(intake, sent.events(), product)));
  }

  private void checkType(Headers headers) throws RefusedRequestException {
    String type = Optional.ofNullable(headers.getFirst("Content-Type")).orElse("").strip();
    String plain = type.toLowerCase(Locale.ROOT);
    boolean right =
        JSON.matcher(plain).matches() || senders.takesPlainText() && TEXT.matcher(plain).matches();
    String encoding = headers.getFirst("Content-Encoding");
    if (!right || encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new RefusedRequestException(
          415,
          "Content-Type = "
              + type
              + (encoding == null ? "" : ", Content-Encoding = " + encoding)
              + " is refused; allowed is application/json"
              + (senders.takesPlainText() ? " or text/plain" : "")
              + " in UTF-8, not encoded. None was taken.");
    }
  }

  private void checkAllowance(String client, List<Product> sending) throws RefusedRequestException {
    Optional<Duration> wait =
        sending.stream()
            .map(product -> allowance.wait(account(client, product), product.perMinute()))
            .min(Duration::compareTo);
    if (wait.isPresent() && wait.get().compareTo(Duration.ZERO) > 0) {
      throw tooMany("from " + client, wait.get());
    }
  }

  private void checkBound(Product product) throws RefusedRequestException {
    Duration wait = bound.wait(product);
    if (wait.compareTo(Duration.ZERO) > 0) {
      throw tooMany("of product " + product.name(), wait);
    }
  }

  private static RefusedRequestException tooMany(String whose, Duration wait) {
    long seconds = wait.plusMillis(999).toSeconds();
    return new RefusedRequestException(
        429,
        "Too many events " + whose + "; try again in " + seconds + " s.",
        Map.of("Retry-After", String.valueOf(seconds)));
  }

  private static String account(String client, Product product) {
    return client + " " + product.name();
  }

  /** What is missing now, while Karaf starts or a bundle is replaced, may be there soon. */
  private boolean isTakenLater(ChannelState state) {
    return switch (state) {
      case NO_FORMATTER, NO_SINK -> true;
      case UNCONFIGURED -> products.isStarting();
      default -> false;
    };
  }

  private WebEventIntake.Taken take(WebEventIntake intake, List<SentEvent> events, Product product)
      throws RefusedRequestException {
    List<WebEvent> templated = new ArrayList<>(events.size());
    for (SentEvent event : events) {
      templated.add(event.of(product.name(), product.paths()));
    }
    try {
      WebEventIntake.Taken taken = intake.take(templated);
      if (taken.taken() + taken.repeated() == 0 && isTakenLater(taken.state())) {
        throw new RefusedRequestException(
            503,
            "Events cannot be accepted yet (" + taken.state().label() + "). None was taken.",
            SOON);
      }
      return taken;
    } catch (IOException e) {
      throw new RefusedRequestException(
          503, "The events cannot be kept (" + e.getMessage() + "). None was taken.", SOON);
    }
  }
}
