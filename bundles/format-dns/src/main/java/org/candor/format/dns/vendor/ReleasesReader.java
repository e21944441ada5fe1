package org.candor.format.dns.vendor;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.candor.api.text.PlainText;
import org.candor.api.version.SemanticVersion;
import org.candor.format.dns.answer.Urgency;
import org.candor.format.dns.answer.WebLink;

/**
 * Reads a file of releases.
 *
 * <pre>
 * {"product": "p", "newest": "2.0.0", "url": "https://…", "validFor": "90d",
 *  "releases": {"1.2.3": "recommended", "1.0.0": "required", "2.0.0": "ok"}}
 * </pre>
 *
 * <p>{@code url} and {@code releases} may be left out, and {@code validFor}, which is 90 days then.
 * A key that is not known is an error, since it is a known one misspelled.
 */
public final class ReleasesReader {

  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final String KEYS = "product, newest, url, validFor and releases";
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,6})\\s*([hd])");

  private final Path file;
  private String product;
  private String newest;
  private String url = "";
  private Duration validFor = Duration.ofDays(90);
  private final Map<String, Urgency> releases = new LinkedHashMap<>();

  private ReleasesReader(Path file) {
    this.file = file;
  }

  /** Reads a file; the error names file, key, value and what is allowed. */
  public static Releases read(Path file) throws VendorException {
    try (Reader text = Files.newBufferedReader(file);
        JsonReader json = new JsonReader(text)) {
      json.setStrictness(Strictness.STRICT);
      return new ReleasesReader(file).document(json);
    } catch (MalformedJsonException | EOFException | CharacterCodingException e) {
      throw new VendorException(file + " is not JSON in UTF-8: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new VendorException(file + " cannot be read: " + e, e);
    }
  }

  private Releases document(JsonReader json) throws IOException, VendorException {
    if (json.peek() != JsonToken.BEGIN_OBJECT) {
      throw new VendorException(file + " should hold one object with the keys " + KEYS + ".");
    }
    json.beginObject();
    while (json.hasNext()) {
      key(json.nextName(), json);
    }
    json.endObject();
    json.peek();
    if (product == null || newest == null) {
      throw new VendorException(
          file + ": " + (product == null ? "product" : "newest") + " is missing.");
    }
    return new Releases(product, newest, url, validFor, releases);
  }

  private void key(String key, JsonReader json) throws IOException, VendorException {
    switch (key) {
      case "product" -> product = plain(key, text(key, json));
      case "newest" -> newest = newest(text(key, json));
      case "url" -> url = url(text(key, json));
      case "validFor" -> validFor = validFor(text(key, json));
      case "releases" -> releases(json);
      default ->
          throw new VendorException(
              file
                  + ": the key "
                  + PlainText.excerpt(key)
                  + " is not known; allowed are "
                  + KEYS
                  + ".");
    }
  }

  private String newest(String text) throws VendorException {
    plain("newest", text);
    if (SemanticVersion.parse(text).isEmpty()) {
      throw refused("newest", text, "a version that begins with a number, such as 2.0.0");
    }
    return text;
  }

  private String url(String text) throws VendorException {
    if (!text.isEmpty() && WebLink.of(text).isEmpty()) {
      throw refused("url", text, WebLink.ALLOWED);
    }
    return text;
  }

  private Duration validFor(String text) throws VendorException {
    Matcher matcher = AMOUNT.matcher(text.strip());
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      Duration time =
          matcher.group(2).equals("d") ? Duration.ofDays(amount) : Duration.ofHours(amount);
      if (time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0) {
        return time;
      }
    }
    throw refused("validFor", text, "a number with h or d, from 1h to 3650d");
  }

  private void releases(JsonReader json) throws IOException, VendorException {
    if (json.peek() != JsonToken.BEGIN_OBJECT) {
      throw new VendorException(
          file + ": releases should be an object with a severity for each version.");
    }
    json.beginObject();
    while (json.hasNext()) {
      String version = plain("releases", json.nextName());
      String key = "releases." + version;
      String word = text(key, json);
      Optional<Urgency> urgency = Urgency.of(word);
      if (urgency.isEmpty()) {
        throw refused(key, word, "ok, recommended or required");
      }
      if (releases.put(version, urgency.get()) != null) {
        throw new VendorException(file + ": " + key + " comes twice.");
      }
    }
    json.endObject();
  }

  private String plain(String key, String text) throws VendorException {
    if (!PlainText.is(text)) {
      throw refused(
          key,
          text,
          "a text of 1 to "
              + PlainText.LONGEST
              + " characters that can all be seen, and no space"
              + " at its ends");
    }
    return text;
  }

  private String text(String key, JsonReader json) throws IOException, VendorException {
    if (json.peek() != JsonToken.STRING) {
      throw new VendorException(file + ": " + key + " should be a text in quotes.");
    }
    return json.nextString();
  }

  private VendorException refused(String key, String text, String allowed) {
    return new VendorException(
        file
            + ": "
            + key
            + " = "
            + PlainText.excerpt(text)
            + " is refused; allowed is "
            + allowed
            + ".");
  }
}
