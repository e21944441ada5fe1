/** Answers of a Mesos master. */
package org.candor.source.dcos.mesos;
