package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NativesTest {
  @Test
  void theDllRegistersWhatTheClassDeclares() {
    VirtualCameras.load();
    Set<String> declared =
        Arrays.stream(MfVirtualCamera.class.getDeclaredMethods())
            .filter(method -> Modifier.isNative(method.getModifiers()))
            .map(
                method ->
                    method.getName()
                        + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                            .toMethodDescriptorString())
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(declared, new TreeSet<>(Arrays.asList(MfVirtualCamera.registeredNatives())));
  }
}
