package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.reflect.ClassPath;
import io.github.mfvcam.jni.MfVirtualCamera;
import io.github.mfvcam.simulator.Simulator;
import io.github.mfvcam.spi.CameraPlatform;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a program can see of the library names the JDK's types and ours: Guava, slf4j and
 * native-lib-loader can be exchanged, and are renamed in the all-jar.
 */
@Tag("anywhere")
class PublicSignaturesTest {
  private final Set<String> foreign = new TreeSet<>();
  private int signatures;

  private static List<Class<?>> visibleClasses() throws IOException {
    ClassPath path = ClassPath.from(VirtualCamera.class.getClassLoader());
    List<Class<?>> found = new ArrayList<>();
    for (Class<?> one :
        ImmutableList.of(
            VirtualCamera.class, MfVirtualCamera.class, CameraPlatform.class, Simulator.class)) {
      for (ClassPath.ClassInfo info : path.getTopLevelClasses(one.getPackageName())) {
        Class<?> type = info.load();
        // The tests are in the same packages.
        if (sourceOf(type).equals(sourceOf(one))) {
          addVisible(type, found);
        }
      }
    }
    return found;
  }

  private static String sourceOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().toString();
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static void addVisible(Class<?> type, List<Class<?>> found) {
    if (isVisible(type.getModifiers())) {
      found.add(type);
      for (Class<?> nested : type.getDeclaredClasses()) {
        addVisible(nested, found);
      }
    }
  }

  private void check(String where, Type... types) {
    signatures++;
    for (Type type : types) {
      checkType(where, type);
    }
  }

  private void checkType(String where, Type type) {
    if (type instanceof ParameterizedType) {
      checkType(where, ((ParameterizedType) type).getRawType());
      checkTypes(where, ((ParameterizedType) type).getActualTypeArguments());
    } else if (type instanceof WildcardType) {
      checkTypes(where, ((WildcardType) type).getUpperBounds());
      checkTypes(where, ((WildcardType) type).getLowerBounds());
    } else if (type instanceof GenericArrayType) {
      checkType(where, ((GenericArrayType) type).getGenericComponentType());
    } else if (type instanceof Class) {
      Class<?> plain = (Class<?>) type;
      if (plain.isArray()) {
        checkType(where, plain.getComponentType());
      } else if (!plain.isPrimitive()
          && !plain.getName().startsWith("java.")
          && !plain.getName().startsWith("io.github.mfvcam.")) {
        foreign.add(where + ": " + plain.getName());
      }
    } else {
      // Its bounds are those of the class or the method that declares it.
      assertTrue(type instanceof TypeVariable, type.toString());
    }
  }

  private void checkTypes(String where, Type[] types) {
    for (Type type : types) {
      checkType(where, type);
    }
  }

  private void checkVariables(String where, TypeVariable<?>[] variables) {
    for (TypeVariable<?> variable : variables) {
      check(where, variable.getBounds());
    }
  }

  private void checkClass(Class<?> type) {
    String name = type.getName();
    checkVariables(name, type.getTypeParameters());
    check(name, type.getGenericInterfaces());
    if (type.getGenericSuperclass() != null) {
      check(name, type.getGenericSuperclass());
    }
    for (Field field : type.getDeclaredFields()) {
      if (isVisible(field.getModifiers())) {
        check(name + "." + field.getName(), field.getGenericType());
      }
    }
    List<Executable> executables = new ArrayList<>(Arrays.asList(type.getDeclaredMethods()));
    executables.addAll(Arrays.asList(type.getDeclaredConstructors()));
    for (Executable executable : executables) {
      if (isVisible(executable.getModifiers())) {
        String where = name + "." + executable.getName();
        checkVariables(where, executable.getTypeParameters());
        check(where, executable.getGenericParameterTypes());
        check(where, executable.getGenericExceptionTypes());
        if (executable instanceof Method) {
          check(where, ((Method) executable).getGenericReturnType());
        }
      }
    }
  }

  @Test
  void nameTheJdksTypesAndOurs() throws IOException {
    List<Class<?>> classes = visibleClasses();

    classes.forEach(this::checkClass);

    assertEquals(Collections.emptySet(), foreign);
    List<String> names = classes.stream().map(Class::getName).collect(Collectors.toList());
    assertTrue(names.contains(VirtualCamera.Builder.class.getName()), names.toString());
    assertTrue(names.contains(Simulator.class.getName()), names.toString());
    assertTrue(signatures > 500, "only " + signatures + " signatures were found");
  }

  /** What this test is to find, in each place a type can stand. */
  public abstract static class Wrong<T extends ImmutableList<String>>
      implements Supplier<List<? super ImmutableList<?>>> {
    /** A field. */
    protected ImmutableList<String>[] field;

    /** A method. */
    public abstract <U extends ClassPath> List<U> method(List<? extends ImmutableList<T>[]> one);
  }

  @Test
  void aTypeOfGuavasIsFoundWhereverItStands() {
    checkClass(Wrong.class);

    String name = Wrong.class.getName();
    assertEquals(
        new TreeSet<>(
            Arrays.asList(
                name + ": " + ImmutableList.class.getName(),
                name + ".field: " + ImmutableList.class.getName(),
                name + ".method: " + ClassPath.class.getName(),
                name + ".method: " + ImmutableList.class.getName())),
        foreign);
  }
}
