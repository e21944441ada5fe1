package org.candor.rest.consent;

import com.google.gson.JsonObject;
import java.util.Map;
import org.candor.control.Answerer;
import org.candor.rest.answer.Answer;
import org.candor.rest.answer.Refusal;

/** One JSON object that can be read and changed. */
interface Resource {

  /** What a PUT may hold; of what a GET answers, nothing is refused. */
  Map<String, Fields.Type> keys();

  /** The object as it is. */
  JsonObject get() throws Refusal;

  /** The object as it is after the change, with 409 when a part of the change was refused. */
  Answer put(Fields fields, Answerer answerer) throws Refusal;
}
