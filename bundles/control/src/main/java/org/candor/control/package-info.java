/**
 * What the shell, the REST API and the web page see and steer. The names of the record components
 * are those of the JSON that all of them print.
 */
@Version("1.3.0")
package org.candor.control;

import org.osgi.annotation.versioning.Version;
