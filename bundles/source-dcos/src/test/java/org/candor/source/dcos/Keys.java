package org.candor.source.dcos;

import java.lang.annotation.Annotation;
import java.nio.file.Path;

/** What stands in the configuration file. */
record Keys(
    String token,
    String tokenFile,
    String caFile,
    String signalConfig,
    String signalExtraConfig,
    String versionFile)
    implements DcosConfig {

  static Keys none() {
    return new Keys("", "", "", "", "", "");
  }

  static Keys signal(Path config, Path extra, Path version) {
    return new Keys("", "", "", config.toString(), extra.toString(), version.toString());
  }

  static Keys token(String token, String tokenFile, String caFile) {
    return new Keys(token, tokenFile, caFile, "", "", "");
  }

  @Override
  public String diagnosticsUrl() {
    return "";
  }

  @Override
  public String cosmosUrl() {
    return "";
  }

  @Override
  public String mesosUrl() {
    return "";
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return DcosConfig.class;
  }
}
