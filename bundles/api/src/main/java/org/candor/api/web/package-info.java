/** What people do in a product's own web page: logins, logouts and page views. */
@Version("1.0.0")
package org.candor.api.web;

import org.osgi.annotation.versioning.Version;
