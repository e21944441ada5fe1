package org.candor.format.segment;

import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;

/** What Segment calls a login and a logout. */
record EventNames(String login, String logout) {

  private static final Setting<String> LOGIN = name("loginEvent");
  private static final Setting<String> LOGOUT = name("logoutEvent");

  /** Has the names of DC/OS kept where the first ones that are read are refused. */
  static EventNames first(Settings settings, Config config) {
    settings.read(LOGIN, Config.LOGIN_EVENT);
    settings.read(LOGOUT, Config.LOGOUT_EVENT);
    return read(settings, config);
  }

  static EventNames read(Settings settings, Config config) {
    return new EventNames(
        settings.read(LOGIN, config.loginEvent()).orElse(Config.LOGIN_EVENT),
        settings.read(LOGOUT, config.logoutEvent()).orElse(Config.LOGOUT_EVENT));
  }

  private static Setting<String> name(String key) {
    return new Setting<>(
        key,
        "1 to 100 characters, no control characters among them",
        text -> {
          if (!text.matches("\\P{Cntrl}{1,100}")) {
            throw new IllegalArgumentException(text);
          }
          return text;
        });
  }
}
