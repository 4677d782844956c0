// Between Java's types and the C API's. What Java itself gets wrong is thrown here, and only here.
#pragma once

#include <jni.h>
#include <windows.h>

#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

#include "guard.h"
#include "mfvcam.h"

namespace mfvcam::jni {

// Returned beside a pending exception, where nobody reads it.
inline constexpr jint exception_pending = E_INVALIDARG;

inline void throw_new(JNIEnv* env, const char* class_name, const char* message) noexcept {
    if (jclass type = env->FindClass(class_name)) {
        env->ThrowNew(type, message);
    }
}

inline jint throw_null(JNIEnv* env, const char* what) noexcept {
    throw_new(env, "java/lang/NullPointerException", what);
    return exception_pending;
}

inline jint throw_illegal(JNIEnv* env, const char* message) noexcept {
    throw_new(env, "java/lang/IllegalArgumentException", message);
    return exception_pending;
}

// A java.util.UUID's halves.
inline GUID guid_of(jlong high, jlong low) noexcept {
    const auto first = static_cast<std::uint64_t>(high);
    const auto second = static_cast<std::uint64_t>(low);
    GUID guid{};
    guid.Data1 = static_cast<std::uint32_t>(first >> 32U);
    guid.Data2 = static_cast<std::uint16_t>(first >> 16U);
    guid.Data3 = static_cast<std::uint16_t>(first);
    unsigned shift = 64;
    for (unsigned char& byte : guid.Data4) {
        shift -= 8;
        byte = static_cast<unsigned char>(second >> shift);
    }
    return guid;
}

inline jlong high_of(const GUID& guid) noexcept {
    return static_cast<jlong>((std::uint64_t{guid.Data1} << 32U) |
                              (std::uint64_t{guid.Data2} << 16U) | guid.Data3);
}

inline jlong low_of(const GUID& guid) noexcept {
    std::uint64_t low = 0;
    for (const unsigned char byte : guid.Data4) {
        low = (low << 8U) | byte;
    }
    return static_cast<jlong>(low);
}

// A HANDLE or a pointer, for Java to keep.
inline jlong number_of(void* pointer) noexcept {
    return static_cast<jlong>(reinterpret_cast<std::intptr_t>(pointer));
}

inline jlong number_of(BOOL value) noexcept {
    return value != FALSE ? 1 : 0;
}

inline jlong number_of(LONG value) noexcept {
    return value;
}

inline jlong number_of(UINT32 value) noexcept {
    return value;
}

// An object's handle, too.
inline jlong number_of(UINT64 value) noexcept {
    return static_cast<jlong>(value);
}

// By its bits.
inline jlong number_of(double value) noexcept {
    return std::bit_cast<jlong>(value);
}

// Whether a Java long was a pointer: extended by its sign or, by other code's natives, by zeros.
template <class Signed = std::intptr_t>
constexpr bool may_be_pointer(jlong value) noexcept {
    return value == static_cast<Signed>(value) ||
           static_cast<std::uint64_t>(value) == static_cast<std::make_unsigned_t<Signed>>(value);
}
static_assert(may_be_pointer<std::int32_t>(0x80000000LL) &&
              may_be_pointer<std::int32_t>(-0x80000000LL) &&
              !may_be_pointer<std::int32_t>(0x100000000LL) &&
              !may_be_pointer<std::int32_t>(-0x80000001LL));

// A HANDLE as a Java long; null for a number that cannot be one.
inline HANDLE handle_of(jlong value) noexcept {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): it was a HANDLE before it was a long.
    return may_be_pointer(value) ? reinterpret_cast<HANDLE>(static_cast<std::intptr_t>(value))
                                 : nullptr;
}

inline mfvcam_handle object_of(jlong value) noexcept {
    return static_cast<mfvcam_handle>(value);
}

// The long[] a method gives its results in: checked and cleared first.
template <std::size_t Count>
class Results {
 public:
    Results(JNIEnv* env, jlongArray array) noexcept : env_(env), array_(array) {
        if (array == nullptr) {
            throw_null(env, "out");
        } else if (env->GetArrayLength(array) < static_cast<jsize>(Count)) {
            throw_illegal(env, "out is too short for the results");
        } else {
            usable_ = true;
            set({});
        }
    }

    // False: an exception is pending.
    explicit operator bool() const noexcept { return usable_; }

    void set(const std::array<jlong, Count>& values) const noexcept {
        env_->SetLongArrayRegion(array_, 0, static_cast<jsize>(Count), values.data());
    }

 private:
    JNIEnv* env_;
    jlongArray array_;
    bool usable_ = false;
};

// The one result of a native: call(T*) gives it, and out[0] holds it, or 0 after a failure.
template <class T, class F>
jint one_result(JNIEnv* env, jlongArray out, F&& call) noexcept {
    const Results<1> results(env, out);
    if (!results) {
        return exception_pending;
    }
    return guarded([&]() -> HRESULT {
        T value{};
        const HRESULT hr = call(&value);
        if (SUCCEEDED(hr)) {
            results.set({number_of(value)});
        }
        return hr;
    });
}

// As Results, for an array of one object.
class ObjectResult {
 public:
    ObjectResult(JNIEnv* env, jobjectArray array) noexcept : env_(env), array_(array) {
        if (array == nullptr) {
            throw_null(env, "out");
        } else if (env->GetArrayLength(array) < 1) {
            throw_illegal(env, "out is too short for the results");
        } else {
            env->SetObjectArrayElement(array, 0, nullptr);
            usable_ = true;
        }
    }

    // False: an exception is pending.
    explicit operator bool() const noexcept { return usable_; }

    // value: as just made, null with an exception pending.
    [[nodiscard]] HRESULT set(jobject value) const noexcept {
        if (value == nullptr) {
            return exception_pending;
        }
        env_->SetObjectArrayElement(array_, 0, value);
        env_->DeleteLocalRef(value);
        return S_OK;
    }

 private:
    JNIEnv* env_;
    jobjectArray array_;
    bool usable_ = false;
};

// A Java string as UTF-16 with a terminator. False with an exception pending. Throws
// std::bad_alloc.
inline bool string_of(JNIEnv* env, jstring text, const char* what, std::wstring* result) {
    if (text == nullptr) {
        throw_null(env, what);
        return false;
    }
    static_assert(sizeof(wchar_t) == sizeof(jchar));
    result->resize(static_cast<std::size_t>(env->GetStringLength(text)));
    env->GetStringRegion(text, 0, static_cast<jsize>(result->size()),
                         reinterpret_cast<jchar*>(result->data()));
    if (result->find(L'\0') != std::wstring::npos) {
        throw_illegal(env, "a text for Windows may not contain the character 0");
        return false;
    }
    return true;
}

// Whether a java.nio.Buffer refuses to be written: the memory behind it may fault. True with an
// exception pending if it cannot be asked.
inline bool is_read_only(JNIEnv* env, jobject buffer) noexcept {
    jclass type = env->GetObjectClass(buffer);
    jmethodID method = env->GetMethodID(type, "isReadOnly", "()Z");
    env->DeleteLocalRef(type);
    return method == nullptr || env->CallBooleanMethod(buffer, method) != JNI_FALSE ||
           env->ExceptionCheck() != JNI_FALSE;
}

// A copy of a byte[] that can be written back. Throws std::bad_alloc.
class Bytes {
 public:
    Bytes(JNIEnv* env, jbyteArray array) : env_(env), array_(array) {
        if (array != nullptr) {
            bytes_.resize(static_cast<std::size_t>(env->GetArrayLength(array)));
            env->GetByteArrayRegion(array, 0, static_cast<jsize>(bytes_.size()), bytes_.data());
        }
    }

    // Null if there are none.
    [[nodiscard]] void* data() noexcept { return bytes_.empty() ? nullptr : bytes_.data(); }
    // Never null, for functions that want a pointer in any case.
    [[nodiscard]] void* pointer() noexcept { return bytes_.empty() ? &nothing_ : bytes_.data(); }
    [[nodiscard]] UINT32 size() const noexcept { return static_cast<UINT32>(bytes_.size()); }

    void write_back() const noexcept {
        if (!bytes_.empty()) {
            env_->SetByteArrayRegion(array_, 0, static_cast<jsize>(bytes_.size()), bytes_.data());
        }
    }

 private:
    JNIEnv* env_;
    jbyteArray array_;
    std::vector<jbyte> bytes_;
    jbyte nothing_ = 0;
};

}  // namespace mfvcam::jni
