package org.candor.core.consent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import org.candor.api.consent.ConsentLayer;
import org.candor.api.consent.LayerName;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.api.consent.Word;
import org.candor.api.control.ConsentControl;
import org.candor.api.control.Explanation;
import org.candor.api.control.Explanation.LayerWord;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all layers; the strictest wins. Tells those who listen when a word may have changed. */
@Component(service = {Consent.class, ConsentControl.class})
public final class Consent implements ConsentControl {

  private static final Logger log = LoggerFactory.getLogger(Consent.class);
  private static final String NOBODY = "default";

  private final ConfiguredLayer configured;
  private final Map<ConsentLayer, String> layers = new ConcurrentHashMap<>();
  private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();

  @Activate
  public Consent(@Reference ConfiguredLayer configured) {
    this.configured = configured;
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindLayer(ConsentLayer layer, Map<String, Object> properties) {
    layers.put(layer, String.valueOf(properties.get(LayerName.PROPERTY)));
    changed();
  }

  void updatedLayer(ConsentLayer layer) {
    changed();
  }

  void unbindLayer(ConsentLayer layer) {
    layers.remove(layer);
    changed();
  }

  @Override
  public Explanation explain(Purpose purpose) {
    List<LayerWord> words = new ArrayList<>();
    layers.forEach((layer, name) -> words.add(ask(layer, name, purpose)));
    words.sort(Comparator.comparing(Consent::strictness).thenComparing(LayerWord::layer));
    LayerWord first =
        words.stream().findFirst().orElse(new LayerWord(NOBODY, Word.SILENT, "nobody was asked"));
    return new Explanation(
        purpose,
        first.verdict() != Word.FORBIDS,
        first.verdict() == Word.SILENT ? NOBODY : first.layer(),
        List.copyOf(words));
  }

  @Override
  public void answer(Set<Purpose> purposes, boolean allowed) throws IOException {
    try {
      configured.answer(purposes, allowed);
    } finally {
      changed();
    }
  }

  /**
   * Has the action run on the thread of whoever changes a word, before the change returns; it must
   * be quick.
   *
   * @return ends that
   */
  public Runnable onChange(Runnable action) {
    listeners.add(action);
    return () -> listeners.remove(action);
  }

  private void changed() {
    listeners.forEach(Consent::tell);
  }

  private static void tell(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException | LinkageError e) {
      log.error("A change of consent could not be passed on to all", e);
    }
  }

  private static LayerWord ask(ConsentLayer layer, String name, Purpose purpose) {
    try {
      Verdict verdict = layer.verdict(purpose);
      return new LayerWord(name, verdict.word(), verdict.why());
    } catch (RuntimeException | LinkageError e) {
      return new LayerWord(name, Word.FORBIDS, "could not be asked: " + e);
    }
  }

  private static int strictness(LayerWord word) {
    return switch (word.verdict()) {
      case FORBIDS -> 0;
      case ALLOWS -> 1;
      case SILENT -> 2;
    };
  }
}
