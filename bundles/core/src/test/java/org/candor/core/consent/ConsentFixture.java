package org.candor.core.consent;

import java.lang.annotation.Annotation;
import java.util.Map;
import org.candor.api.consent.LayerName;
import org.candor.core.settings.Etc;

/** Consent as Declarative Services would put it together. */
public final class ConsentFixture {

  private ConsentFixture() {}

  public static ConfiguredLayer layer(Etc etc) {
    return new ConfiguredLayer(etc, config("", "10m"));
  }

  public static Consent consent(ConfiguredLayer layer, Etc etc) {
    Consent consent = new Consent(layer, new EnvironmentLayer(Map.of()), etc);
    consent.bindLayer(layer, Map.of(LayerName.PROPERTY, "configuration"));
    return consent;
  }

  static ConsentConfig config(String usage, String grace) {
    return new ConsentConfig() {
      @Override
      public String usage() {
        return usage;
      }

      @Override
      public String errors() {
        return "";
      }

      @Override
      public String versionCheck() {
        return "";
      }

      @Override
      public String grace() {
        return grace;
      }

      @Override
      public Class<? extends Annotation> annotationType() {
        return ConsentConfig.class;
      }
    };
  }
}
