package org.candor.sink.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/** Packets that answer a question, and what a hostile hand makes of them. */
final class Packets {

  private static final int[] NUMBERS = {
    0, 1, 0x3f, 0x40, 0x7f, 0x80, 0xc0, 0xff, 0x0100, 0x7fff, 0x8000, 0xc000, 0xc00c, 0xc01d, 0xffff
  };

  private static final String[] TYPES = {"TXT", "CNAME", "SOA", "OPT", "RRSIG", "TSIG", "SVCB"};
  private static final int[] NUMBERS_OF_TYPES = {16, 5, 6, 41, 46, 250, 64};

  /** One of so many is the largest that there is, which takes a hundred times as long and more. */
  private static final int LARGE = 4_000;

  private final List<byte[]> small = new ArrayList<>();
  private final List<byte[]> large = new ArrayList<>();
  private final Random random;

  /**
   * @param query whose answers are made
   */
  Packets(byte[] query, Random random) {
    this.random = random;
    try {
      fill(query);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fill(byte[] query) throws IOException {
    Message empty = Answers.reply(query, Rcode.NOERROR);
    Name asked = empty.getQuestion().getName();
    Name zone = Name.fromString("zone.example.");
    SOARecord soa = new SOARecord(zone, DClass.IN, 60, zone, zone, 1, 2, 3, 4, 5);
    small.add(Answers.txtReply(query, news()));
    small.add(Answers.txtReply(query, news().split(" ")));
    small.add(Answers.txtReply(query, "v=spf1 -all", "", "\\000\\200\\255"));
    small.add(
        with(query, Answers.txt(asked, news()), Answers.txt(asked, "x"), Answers.txt(asked, "")));
    small.add(
        with(
            query,
            Answers.txt(asked, news()),
            new OPTRecord(1232, 0, 0, 0, new GenericEDNSOption(10, new byte[24]))));
    small.add(chain(query, asked, 3, true));
    small.add(chain(query, asked, 20, true));
    small.add(chain(query, asked, 4, false));
    small.add(Answers.looping(query));
    small.add(Answers.portal(query));
    small.add(
        with(
            query,
            new ARecord(asked, DClass.IN, 60, InetAddress.getByName("10.0.0.1")),
            new AAAARecord(asked, DClass.IN, 60, InetAddress.getByName("::1")),
            new MXRecord(asked, DClass.IN, 60, 1, zone)));
    small.add(truncated(query));
    small.add(empty.toWire());
    Message nobody = Answers.reply(query, Rcode.NXDOMAIN);
    nobody.addRecord(soa, Section.AUTHORITY);
    small.add(nobody.toWire());
    small.add(Answers.reply(query, Rcode.SERVFAIL).toWire());
    small.add(Arrays.copyOf(Answers.reply(query, Rcode.REFUSED).toWire(), 12));
    Message referral = Answers.reply(query, Rcode.NOERROR);
    referral.addRecord(new NSRecord(zone, DClass.IN, 60, zone), Section.AUTHORITY);
    small.add(referral.toWire());
    large.add(Answers.txtReply(query, strings(254, "x".repeat(255))));
    large.add(Answers.txtReply(query, strings(60_000, "")));
    Record[] many = new Record[3_000];
    Arrays.fill(many, Answers.txt(asked, "12345678"));
    large.add(with(query, many));
  }

  private static String news() {
    return "candor=1 product=p version=* severity=recommended newest=2.5.0 url=https://e.com/"
        + " issued=2026-11-20T00:00:00Z expires=2099-01-01T00:00:00Z";
  }

  private static String[] strings(int count, String text) {
    return Collections.nCopies(count, text).toArray(String[]::new);
  }

  private static byte[] with(byte[] query, Record... records) {
    Message answer = Answers.reply(query, Rcode.NOERROR);
    for (Record record : records) {
      answer.addRecord(record, record instanceof OPTRecord ? Section.ADDITIONAL : Section.ANSWER);
    }
    return answer.toWire();
  }

  private static byte[] chain(byte[] query, Name asked, int length, boolean ends)
      throws IOException {
    List<Record> records = new ArrayList<>();
    Name here = asked;
    for (int i = 0; i < length; i++) {
      Name next = Name.fromString("alias" + i + ".zone.example.");
      records.add(new CNAMERecord(here, DClass.IN, 60, next));
      here = next;
    }
    records.add(ends ? Answers.txt(here, news()) : new CNAMERecord(here, DClass.IN, 60, asked));
    return with(query, records.toArray(Record[]::new));
  }

  private static byte[] truncated(byte[] query) {
    Message answer = Answers.reply(query, Rcode.NOERROR);
    answer.getHeader().setFlag(Flags.TC);
    return answer.toWire();
  }

  /** An answer to a query for the same name, changed in some places or, seldom, in none. */
  byte[] next(byte[] query) {
    boolean isLarge = random.nextInt(LARGE) == 0;
    List<byte[]> from = isLarge ? large : small;
    byte[] packet = from.get(random.nextInt(from.size())).clone();
    packet[0] = query[0];
    packet[1] = query[1];
    for (int changes = random.nextInt(5); changes > 0 && packet.length > 2; changes--) {
      packet = changed(packet, Answers.questionEnd(query));
    }
    return packet;
  }

  private byte[] changed(byte[] packet, int questionEnd) {
    // Most stay an answer to the question, so that what comes after is reached.
    int from = packet.length <= questionEnd || random.nextInt(24) == 0 ? 0 : questionEnd;
    int at = from + random.nextInt(packet.length - from);
    int end = Math.min(packet.length, at + random.nextInt(16));
    return switch (random.nextInt(9)) {
      case 0, 1 -> put(packet, at, random.nextInt());
      case 2 -> put16(packet, at, NUMBERS[random.nextInt(NUMBERS.length)]);
      case 3 -> put16(packet, at, 0xc000 | random.nextInt(Math.min(packet.length, 0x4000)));
      case 4 -> put16(packet, at, NUMBERS_OF_TYPES[random.nextInt(TYPES.length)]);
      case 5 -> spliced(packet, at, end, new byte[0]);
      case 6 -> spliced(packet, at, at, Arrays.copyOfRange(packet, at, end));
      case 7 -> put16(packet, 6 + 2 * random.nextInt(3), random.nextInt(4));
      default ->
          random.nextInt(4) == 0 ? Arrays.copyOf(packet, at) : put(packet, 2, random.nextInt());
    };
  }

  private static byte[] put(byte[] packet, int at, int value) {
    if (at < packet.length) {
      packet[at] = (byte) value;
    }
    return packet;
  }

  private static byte[] put16(byte[] packet, int at, int value) {
    return put(put(packet, at, value >> 8), at + 1, value);
  }

  private static byte[] spliced(byte[] packet, int from, int to, byte[] middle) {
    byte[] result = new byte[Math.min(65_535, packet.length - (to - from) + middle.length)];
    System.arraycopy(packet, 0, result, 0, from);
    System.arraycopy(middle, 0, result, from, Math.min(middle.length, result.length - from));
    int rest = result.length - from - middle.length;
    if (rest > 0) {
      System.arraycopy(packet, to, result, from + middle.length, rest);
    }
    return result;
  }
}
