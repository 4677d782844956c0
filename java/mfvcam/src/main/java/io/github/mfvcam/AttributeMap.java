package io.github.mfvcam;

import static java.util.Objects.requireNonNull;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** The view of {@link CameraAttributes#asMap}, which documents it. */
final class AttributeMap extends AbstractMap<UUID, Object> {
  private final CameraAttributes attributes;

  AttributeMap(CameraAttributes attributes) {
    this.attributes = attributes;
  }

  @Override
  public Object get(Object key) {
    requireNonNull(key, "key");
    return key instanceof UUID ? attributes.valueOrNull((UUID) key) : null;
  }

  @Override
  public boolean containsKey(Object key) {
    requireNonNull(key, "key");
    return key instanceof UUID && isVisible((UUID) key);
  }

  private boolean isVisible(UUID key) {
    return attributes.type(key).filter(type -> type != CameraAttributes.Type.IUNKNOWN).isPresent();
  }

  @Override
  public boolean containsValue(Object value) {
    return values().stream().anyMatch(ours -> Objects.deepEquals(ours, value));
  }

  @Override
  public Object put(UUID key, Object value) {
    requireNonNull(key, "key");
    CameraAttributes.Type type = CameraAttributes.Type.ofValue(value);
    Object before = get(key);
    attributes.write(key, type, value);
    return before;
  }

  @Override
  public Object remove(Object key) {
    Object before = get(key);
    if (before != null) {
      attributes.delete((UUID) key);
    }
    return before;
  }

  @Override
  public Set<Entry<UUID, Object>> entrySet() {
    return new AbstractSet<Entry<UUID, Object>>() {
      @Override
      public Iterator<Entry<UUID, Object>> iterator() {
        return new Entries();
      }

      @Override
      public int size() {
        return (int) attributes.keys().stream().filter(AttributeMap.this::isVisible).count();
      }
    };
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Map) || ((Map<?, ?>) other).size() != size()) {
      return false;
    }
    return entrySet().stream()
        .allMatch(
            entry -> Objects.deepEquals(entry.getValue(), ((Map<?, ?>) other).get(entry.getKey())));
  }

  @Override
  public int hashCode() {
    return entrySet().stream().mapToInt(Object::hashCode).sum();
  }

  /** Over a snapshot of the keys. */
  private final class Entries implements Iterator<Entry<UUID, Object>> {
    private final Iterator<UUID> keys = attributes.keys().iterator();
    private Entry<UUID, Object> next;
    private Entry<UUID, Object> last;

    @Override
    public boolean hasNext() {
      while (next == null && keys.hasNext()) {
        UUID key = keys.next();
        Object value = attributes.valueOrNull(key);
        if (value != null) {
          next = new Item(key, value);
        }
      }
      return next != null;
    }

    @Override
    public Entry<UUID, Object> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      last = next;
      next = null;
      return last;
    }

    @Override
    public void remove() {
      if (last == null) {
        throw new IllegalStateException("next was not called, or remove was already");
      }
      attributes.delete(last.getKey());
      last = null;
    }
  }

  private final class Item extends SimpleEntry<UUID, Object> {
    private static final long serialVersionUID = 1L;

    Item(UUID key, Object value) {
      super(key, value);
    }

    @Override
    public Object setValue(Object value) {
      put(getKey(), value);
      return super.setValue(value);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Entry
          && getKey().equals(((Entry<?, ?>) other).getKey())
          && Objects.deepEquals(getValue(), ((Entry<?, ?>) other).getValue());
    }

    @Override
    public int hashCode() {
      Object value = getValue();
      return getKey().hashCode()
          ^ (value instanceof byte[] ? Arrays.hashCode((byte[]) value) : value.hashCode());
    }
  }
}
