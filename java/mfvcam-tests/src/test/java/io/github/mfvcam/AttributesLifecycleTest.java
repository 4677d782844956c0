package io.github.mfvcam;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every method of a camera's attributes, and of them as a map, in every state of the camera. */
class AttributesLifecycleTest {
  private static final UUID INT = new UUID(1, 1);
  private static final UUID LONG = new UUID(1, 2);
  private static final UUID DOUBLE = new UUID(1, 3);
  private static final UUID GUID = new UUID(1, 4);
  private static final UUID STRING = new UUID(1, 5);
  private static final UUID BLOB = new UUID(1, 6);
  private static final ImmutableSet<UUID> KEYS =
      ImmutableSet.of(INT, LONG, DOUBLE, GUID, STRING, BLOB);

  private static Object probe(Scene scene) {
    return scene.attributes.keys().containsAll(KEYS) ? "all" : "less";
  }

  private static Object ok(Runnable call) {
    call.run();
    return null;
  }

  /** Fills a camera's attributes, brings it into a state, and keeps what was had before that. */
  private static LifecycleTable.State state(Consumer<VirtualCamera> change) {
    return scene -> {
      scene.attributes = scene.created().attributes();
      scene.map = scene.attributes.asMap();
      scene.map.put(INT, 1);
      scene.map.put(LONG, 1L);
      scene.map.put(DOUBLE, 1D);
      scene.map.put(GUID, INT);
      scene.map.put(STRING, "text");
      scene.map.put(BLOB, new byte[1]);
      scene.entries = scene.map.entrySet().iterator();
      scene.entry = scene.entries.next();
      change.accept(scene.camera);
    };
  }

  private static void inEveryState(LifecycleTable table, String... expected) {
    table
        .state("created", state(camera -> {}))
        .state("started", state(VirtualCamera::start))
        .state(
            "removed",
            state(
                camera -> {
                  camera.start();
                  camera.remove();
                }))
        .state("shut down", state(VirtualCamera::shutdown))
        .state("closed", state(VirtualCamera::close))
        .is(expected);
  }

  @Test
  void attributes() {
    inEveryState(
        new LifecycleTable(AttributesLifecycleTest::probe)
            .call("type", scene -> scene.attributes.type(INT))
            .call("getInt", scene -> scene.attributes.getInt(INT))
            .call("getUnsignedInt", scene -> scene.attributes.getUnsignedInt(INT))
            .call("getLong", scene -> scene.attributes.getLong(LONG))
            .call("getUnsignedLong", scene -> scene.attributes.getUnsignedLong(LONG))
            .call("getDouble", scene -> scene.attributes.getDouble(DOUBLE))
            .call("getGuid", scene -> scene.attributes.getGuid(GUID))
            .call("getString", scene -> scene.attributes.getString(STRING).length())
            .call("getBlob", scene -> scene.attributes.getBlob(BLOB))
            .call("setInt", scene -> ok(() -> scene.attributes.setInt(INT, 2)))
            .call("setUnsignedInt", scene -> ok(() -> scene.attributes.setUnsignedInt(INT, 2)))
            .call("setLong", scene -> ok(() -> scene.attributes.setLong(LONG, 2)))
            .call(
                "setUnsignedLong",
                scene -> ok(() -> scene.attributes.setUnsignedLong(LONG, BigInteger.TEN)))
            .call("setDouble", scene -> ok(() -> scene.attributes.setDouble(DOUBLE, 2)))
            .call("setGuid", scene -> ok(() -> scene.attributes.setGuid(GUID, LONG)))
            .call("setString", scene -> ok(() -> scene.attributes.setString(STRING, "")))
            .call("setBlob", scene -> ok(() -> scene.attributes.setBlob(BLOB, new byte[2])))
            .call("delete", scene -> ok(() -> scene.attributes.delete(INT)))
            .call("clear", scene -> ok(scene.attributes::clear))
            .call("count", scene -> scene.attributes.count())
            .call("keys", scene -> scene.attributes.keys())
            .call("asMap", scene -> scene.attributes.asMap())
            .call(
                "compare",
                scene ->
                    scene.attributes.compare(
                        other(scene).attributes(), CameraAttributes.Match.ALL_ITEMS))
            .call("compareItem", scene -> scene.attributes.compareItem(INT, 1))
            .call("copyTo", scene -> ok(() -> scene.attributes.copyTo(other(scene).attributes())))
            .call("toString", scene -> scene.attributes.toString().length())
            .hasAllOf(CameraAttributes.class.getDeclaredMethods()),
        "                 created  started  removed  shut down  closed",
        "(is)             all      all      all      shut down  closed",
        "type             ok       ok       ok       shut down  closed",
        "getInt           ok       ok       ok       shut down  closed",
        "getUnsignedInt   ok       ok       ok       shut down  closed",
        "getLong          ok       ok       ok       shut down  closed",
        "getUnsignedLong  ok       ok       ok       shut down  closed",
        "getDouble        ok       ok       ok       shut down  closed",
        "getGuid          ok       ok       ok       shut down  closed",
        "getString        ok       ok       ok       shut down  closed",
        "getBlob          ok       ok       ok       shut down  closed",
        "setInt           ok       ok       ok       shut down  closed",
        "setUnsignedInt   ok       ok       ok       shut down  closed",
        "setLong          ok       ok       ok       shut down  closed",
        "setUnsignedLong  ok       ok       ok       shut down  closed",
        "setDouble        ok       ok       ok       shut down  closed",
        "setGuid          ok       ok       ok       shut down  closed",
        "setString        ok       ok       ok       shut down  closed",
        "setBlob          ok       ok       ok       shut down  closed",
        "delete           ok>less  ok>less  ok>less  shut down  closed",
        "clear            ok>less  ok>less  ok>less  shut down  closed",
        "count            ok       ok       ok       shut down  closed",
        "keys             ok       ok       ok       shut down  closed",
        "asMap            ok       ok       ok       ok         ok",
        "compare          false    false    false    shut down  closed",
        "compareItem      true     true     true     shut down  closed",
        "copyTo           ok       ok       ok       shut down  closed",
        "toString         ok       ok       ok       ok         ok");
  }

  private static VirtualCamera other(Scene scene) {
    return scene.add(VirtualCamera.builder(MfvcamSource.CLASS_ID, "another").open());
  }

  /** The open camera's side of a pair with one that is in the state. */
  @Test
  void attributesOfAnother() {
    inEveryState(
        new LifecycleTable(AttributesLifecycleTest::probe)
            .call(
                "compare",
                scene ->
                    other(scene)
                        .attributes()
                        .compare(scene.attributes, CameraAttributes.Match.ALL_ITEMS))
            .call("copyTo", scene -> ok(() -> other(scene).attributes().copyTo(scene.attributes))),
        "         created  started  removed  shut down  closed",
        "(is)     all      all      all      shut down  closed",
        "compare  false    false    false    shut down  closed",
        "copyTo   ok>less  ok>less  ok>less  shut down  closed");
  }

  @Test
  void map() {
    inEveryState(
        new LifecycleTable(AttributesLifecycleTest::probe)
            .call("size", scene -> scene.map.size())
            .call("isEmpty", scene -> scene.map.isEmpty())
            .call("containsKey", scene -> scene.map.containsKey(INT))
            .call("containsValue", scene -> scene.map.containsValue(1))
            .call("get", scene -> scene.map.get(INT))
            .call("getOrDefault", scene -> scene.map.getOrDefault(INT, 2))
            .call("put", scene -> scene.map.put(INT, 2))
            .call("putAll", scene -> ok(() -> scene.map.putAll(ImmutableMap.of(INT, 2))))
            .call("putIfAbsent", scene -> scene.map.putIfAbsent(INT, 2))
            .call("remove(Object)", scene -> scene.map.remove(INT))
            .call("remove(Object, Object)", scene -> scene.map.remove(INT, 1))
            .call("replace(Object, Object)", scene -> scene.map.replace(INT, 2))
            .call("replace(Object, Object, Object)", scene -> scene.map.replace(INT, 1, 2))
            .call("replaceAll", scene -> ok(() -> scene.map.replaceAll((key, value) -> value)))
            .call("compute", scene -> scene.map.compute(INT, (key, value) -> 2))
            .call("computeIfAbsent", scene -> scene.map.computeIfAbsent(INT, key -> 2))
            .call("computeIfPresent", scene -> scene.map.computeIfPresent(INT, (key, value) -> 2))
            .call("merge", scene -> scene.map.merge(INT, 2, (before, value) -> value))
            .call("forEach", scene -> ok(() -> scene.map.forEach((key, value) -> {})))
            .call("clear", scene -> ok(scene.map::clear))
            .call("keySet", scene -> scene.map.keySet().size())
            .call("values", scene -> scene.map.values().size())
            .call("entrySet", scene -> scene.map.entrySet().iterator().hasNext())
            .call("equals", scene -> scene.map.equals(ImmutableMap.of(INT, 1)))
            .call("hashCode", scene -> scene.map.hashCode())
            .hasAllOf(Map.class.getMethods()),
        "                                 created    started    removed    shut down  closed",
        "(is)                             all        all        all        shut down  closed",
        "size                             ok         ok         ok         shut down  closed",
        "isEmpty                          false      false      false      shut down  closed",
        "containsKey                      true       true       true       shut down  closed",
        "containsValue                    true       true       true       shut down  closed",
        "get                              ok         ok         ok         shut down  closed",
        "getOrDefault                     ok         ok         ok         shut down  closed",
        "put                              ok         ok         ok         shut down  closed",
        "putAll                           ok         ok         ok         shut down  closed",
        "putIfAbsent                      ok         ok         ok         shut down  closed",
        "remove(Object)                   ok>less    ok>less    ok>less    shut down  closed",
        "remove(Object, Object)           true>less  true>less  true>less  shut down  closed",
        "replace(Object, Object)          ok         ok         ok         shut down  closed",
        "replace(Object, Object, Object)  true       true       true       shut down  closed",
        "replaceAll                       ok         ok         ok         shut down  closed",
        "compute                          ok         ok         ok         shut down  closed",
        "computeIfAbsent                  ok         ok         ok         shut down  closed",
        "computeIfPresent                 ok         ok         ok         shut down  closed",
        "merge                            ok         ok         ok         shut down  closed",
        "forEach                          ok         ok         ok         shut down  closed",
        "clear                            ok>less    ok>less    ok>less    shut down  closed",
        "keySet                           ok         ok         ok         shut down  closed",
        "values                           ok         ok         ok         shut down  closed",
        "entrySet                         true       true       true       shut down  closed",
        "equals                           false      false      false      shut down  closed",
        "hashCode                         ok         ok         ok         shut down  closed");
  }

  /** An iterator and an entry from before. */
  @Test
  void iterator() {
    inEveryState(
        new LifecycleTable(AttributesLifecycleTest::probe)
            .call("hasNext", scene -> scene.entries.hasNext())
            .call("next", scene -> scene.entries.next().getKey())
            .call("remove", scene -> ok(scene.entries::remove))
            .call("forEachRemaining", scene -> ok(() -> scene.entries.forEachRemaining(e -> {})))
            .hasAllOf(Iterator.class.getMethods())
            .call("getKey", scene -> scene.entry.getKey())
            .call("getValue", scene -> scene.entry.getValue())
            .call("setValue", scene -> scene.entry.setValue(scene.entry.getValue())),
        "                  created  started  removed  shut down  closed",
        "(is)              all      all      all      shut down  closed",
        "hasNext           true     true     true     shut down  closed",
        "next              ok       ok       ok       shut down  closed",
        "remove            ok>less  ok>less  ok>less  shut down  closed",
        "forEachRemaining  ok       ok       ok       shut down  closed",
        "getKey            ok       ok       ok       ok         ok",
        "getValue          ok       ok       ok       ok         ok",
        "setValue          ok       ok       ok       shut down  closed");
  }
}
