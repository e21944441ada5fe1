package org.candor.core.consent;

import java.lang.annotation.Annotation;
import org.candor.control.Answerer;
import org.candor.control.Way;
import org.candor.core.settings.Etc;

/** Consent as Declarative Services would put it together. */
public final class ConsentFixture {

  /** Somebody in the shell. */
  public static final Answerer SHELL = new Answerer(Way.SHELL, "karaf", "127.0.0.1");

  private ConsentFixture() {}

  public static ConfiguredLayer layer(Etc etc) {
    return new ConfiguredLayer(etc, config("", "10m"));
  }

  public static Consent consent(ConfiguredLayer layer, Etc etc) {
    return new ConsentBuilder(etc).file(layer).build();
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
      public String version$_$check() {
        return "";
      }

      @Override
      public String unanswered() {
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
