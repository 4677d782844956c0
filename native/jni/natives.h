// The natives as RegisterNatives takes them; natives.inc is their list.
#pragma once

#include <jni.h>

#include <span>

namespace mfvcam::jni {

std::span<const JNINativeMethod> natives() noexcept;

}  // namespace mfvcam::jni
