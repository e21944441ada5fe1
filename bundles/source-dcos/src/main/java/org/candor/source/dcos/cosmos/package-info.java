/** Answers of Cosmos, the package manager. */
package org.candor.source.dcos.cosmos;
