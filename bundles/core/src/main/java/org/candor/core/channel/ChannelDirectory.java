package org.candor.core.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.control.Announced;
import org.candor.control.CatalogueEntry;
import org.candor.control.ChannelStatus;
import org.candor.control.Channels;
import org.candor.control.NewFields;
import org.candor.control.NoSuchChannelException;
import org.candor.control.Preview;
import org.candor.control.SendResult;
import org.candor.core.disclosure.WithheldFields;
import org.candor.core.mistake.Mistakes;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** All channels, for those who look at them and steer them. */
@Component(immediate = true)
public final class ChannelDirectory implements Channels {

  /** Longer than a report's sources and one attempt may take together. */
  private static final long TIMEOUT_SECONDS = 180;

  private final Mistakes mistakes;
  private final Set<ChannelComponent> components = ConcurrentHashMap.newKeySet();

  @Activate
  public ChannelDirectory(@Reference Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindChannel(ChannelComponent component) {
    components.add(component);
  }

  void unbindChannel(ChannelComponent component) {
    components.remove(component);
  }

  @Override
  public List<ChannelStatus> status() {
    List<ConfigurationProblem> problems = mistakes.problems();
    return channels().stream()
        .map(
            channel ->
                ConfigurationAdvice.of(channel.name(), channel.settings(), problems)
                    .to(channel.status()))
        .toList();
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return mistakes.problems();
  }

  @Override
  public Preview preview(String channel) throws NoSuchChannelException {
    try {
      return select(Optional.of(channel)).get(0).preview();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Override
  public List<SendResult> send(Optional<String> channel) throws NoSuchChannelException {
    List<CompletableFuture<SendResult>> requests =
        select(channel).stream().map(Channel::send).toList();
    List<SendResult> results = new ArrayList<>();
    for (CompletableFuture<SendResult> request : requests) {
      results.add(await(request));
    }
    return results;
  }

  @Override
  public List<CatalogueEntry> fields(Optional<String> channel) throws NoSuchChannelException {
    List<CatalogueEntry> entries = new ArrayList<>();
    for (Channel selected : select(channel)) {
      List<WithheldFields> parts = selected.fields();
      parts.stream()
          .map(WithheldFields::catalogue)
          .reduce(FieldCatalogue.empty(), FieldCatalogue::and)
          .fields()
          .forEach(field -> entries.add(entry(selected.name(), field, until(parts, field))));
    }
    return entries;
  }

  private static Optional<Instant> until(List<WithheldFields> parts, Field field) {
    return parts.stream().flatMap(part -> part.until(field).stream()).max(Instant::compareTo);
  }

  private static CatalogueEntry entry(String channel, Field field, Optional<Instant> withheld) {
    return new CatalogueEntry(
        field.name(),
        channel,
        field.type(),
        field.unit(),
        field.meaning(),
        field.why(),
        field.sensitivity(),
        field.since(),
        withheld);
  }

  @Override
  public List<NewFields> newFields() {
    return channels().stream().flatMap(channel -> channel.newFields().stream()).toList();
  }

  @Override
  public List<Announced> announced() {
    return channels().stream().flatMap(channel -> channel.announced().stream()).toList();
  }

  private List<Channel> channels() {
    return components.stream()
        .map(ChannelComponent::channel)
        .sorted(Comparator.comparing(Channel::name))
        .toList();
  }

  private List<Channel> select(Optional<String> name) throws NoSuchChannelException {
    List<Channel> all = channels();
    if (name.isEmpty()) {
      return all;
    }
    List<Channel> selected = all.stream().filter(c -> c.name().equals(name.get())).toList();
    if (selected.isEmpty()) {
      throw new NoSuchChannelException(name.get(), all.stream().map(Channel::name).toList());
    }
    return selected;
  }

  private static SendResult await(CompletableFuture<SendResult> request) {
    try {
      return request.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted; the report goes on by itself.", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("No answer yet; telemetry:status shows how it goes.", e);
    }
  }
}
