package org.candor.rest.consent;

import com.google.gson.JsonObject;
import java.util.Map;
import org.candor.control.Answerer;
import org.candor.rest.response.RefusedRequestException;
import org.candor.rest.response.RestResponse;

/** REST resource of the owner's answers: one JSON object that can be read and changed. */
interface ConsentResource {

  /** What a PUT may hold; of what a GET answers, nothing is refused. */
  Map<String, JsonFields.Type> keys();

  /** The object as it is. */
  JsonObject get() throws RefusedRequestException;

  /** The object as it is after the change, with 409 when a part of the change was refused. */
  RestResponse put(JsonFields fields, Answerer answerer) throws RefusedRequestException;
}
