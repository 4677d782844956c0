// mfvcam_jni.h: the natives, for a class of the caller's.
#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "guard.h"
#include "mfvcam_jni.h"
#include "natives.h"
#include "runtime.h"

namespace mfvcam::jni {

namespace {

// java.lang.reflect.Modifier
constexpr jint modifier_native = 0x100;

// False if there was none.
bool clear_exception(JNIEnv* env) noexcept {
    if (env->ExceptionCheck() == JNI_FALSE) {
        return false;
    }
    env->ExceptionClear();
    return true;
}

// A local reference, given back when it goes.
template <class T>
class Local {
 public:
    Local(JNIEnv* env, T object) noexcept : env_(env), object_(object) {}
    ~Local() {
        if (object_ != nullptr) {
            env_->DeleteLocalRef(object_);
        }
    }
    Local(const Local&) = delete;
    Local& operator=(const Local&) = delete;

    [[nodiscard]] T get() const noexcept { return object_; }
    explicit operator bool() const noexcept { return object_ != nullptr; }

 private:
    JNIEnv* env_;
    T object_;
};

// Whether reflection says of this method that it is native, and of this class: an inherited one
// would not do. False with an exception pending if it cannot be asked.
bool is_own_native(JNIEnv* env, jclass type, jmethodID method, jboolean is_static) noexcept {
    const Local<jobject> reflected(env, env->ToReflectedMethod(type, method, is_static));
    if (!reflected) {
        return false;
    }
    const Local<jclass> kind(env, env->GetObjectClass(reflected.get()));
    const jmethodID modifiers = env->GetMethodID(kind.get(), "getModifiers", "()I");
    if (modifiers == nullptr) {
        return false;
    }
    const jmethodID declaring =
        env->GetMethodID(kind.get(), "getDeclaringClass", "()Ljava/lang/Class;");
    if (declaring == nullptr) {
        return false;
    }
    const jint bits = env->CallIntMethod(reflected.get(), modifiers);
    if (env->ExceptionCheck() != JNI_FALSE || (bits & modifier_native) == 0) {
        return false;
    }
    const Local<jobject> owner(env, env->CallObjectMethod(reflected.get(), declaring));
    return env->ExceptionCheck() == JNI_FALSE && env->IsSameObject(owner.get(), type) != JNI_FALSE;
}

// Clears a NoSuchMethodError. False with the exception pending if it is another.
bool clear_no_such_method(JNIEnv* env) noexcept {
    const Local<jthrowable> thrown(env, env->ExceptionOccurred());
    env->ExceptionClear();
    const Local<jclass> expected(env, env->FindClass("java/lang/NoSuchMethodError"));
    if (expected && env->IsInstanceOf(thrown.get(), expected.get()) != JNI_FALSE) {
        return true;
    }
    env->ExceptionClear();
    env->Throw(thrown.get());
    return false;
}

// False, perhaps with an exception pending: the class cannot be initialized, say.
bool declares_native(JNIEnv* env, jclass type, const JNINativeMethod& wanted) noexcept {
    jmethodID method = env->GetStaticMethodID(type, wanted.name, wanted.signature);
    if (method != nullptr) {
        return is_own_native(env, type, method, JNI_TRUE);
    }
    if (!clear_no_such_method(env)) {
        return false;
    }
    method = env->GetMethodID(type, wanted.name, wanted.signature);
    if (method == nullptr) {
        clear_no_such_method(env);
        return false;
    }
    return is_own_native(env, type, method, JNI_FALSE);
}

// What toString says of an exception. Throws std::bad_alloc.
std::string text_of(JNIEnv* env, jthrowable thrown) {
    const Local<jclass> kind(env, env->GetObjectClass(thrown));
    const jmethodID method = env->GetMethodID(kind.get(), "toString", "()Ljava/lang/String;");
    const Local<jstring> text(
        env,
        method == nullptr ? nullptr : static_cast<jstring>(env->CallObjectMethod(thrown, method)));
    if (clear_exception(env) || !text) {
        return "an exception without a text";
    }
    std::string result(static_cast<std::size_t>(env->GetStringUTFLength(text.get())) + 1, '\0');
    env->GetStringUTFRegion(text.get(), 0, env->GetStringLength(text.get()), result.data());
    result.pop_back();
    return result;
}

// Clears the pending exception; says of it and of its cause what they are. Throws std::bad_alloc.
std::string take_exception(JNIEnv* env) {
    const Local<jthrowable> thrown(env, env->ExceptionOccurred());
    env->ExceptionClear();
    const Local<jclass> kind(env, env->GetObjectClass(thrown.get()));
    const jmethodID method = env->GetMethodID(kind.get(), "getCause", "()Ljava/lang/Throwable;");
    const Local<jthrowable> cause(
        env, method == nullptr
                 ? nullptr
                 : static_cast<jthrowable>(env->CallObjectMethod(thrown.get(), method)));
    clear_exception(env);
    const std::string text = text_of(env, thrown.get());
    return cause ? text + ", caused by " + text_of(env, cause.get()) : text;
}

HRESULT fail(mfvcam_native_table& table, HRESULT hr, std::string_view text) noexcept {
    const std::size_t length = std::min(text.size(), sizeof(table.error) - 1);
    std::memcpy(table.error, text.data(), length);
    table.error[length] = '\0';
    return hr;
}

// The row for RegisterNatives that an entry stands for. Throws std::bad_alloc.
HRESULT translate(mfvcam_native_table& table, UINT32 index, JNINativeMethod& row) {
    const std::string where = "entry " + std::to_string(index) + ": ";
    const mfvcam_native& entry = table.natives[index];
    if (entry.function == nullptr) {
        return fail(table, E_POINTER, where + "function is NULL");
    }
    const auto ours = natives();
    const auto found = std::ranges::find_if(ours, [&entry](const JNINativeMethod& each) {
        return std::strcmp(each.name, entry.function) == 0;
    });
    if (found == ours.end()) {
        return fail(table, HRESULT_FROM_WIN32(ERROR_PROC_NOT_FOUND),
                    where + "mfvcam has no function " + entry.function);
    }
    row = *found;
    if (entry.method != nullptr) {
        row.name = const_cast<char*>(entry.method);
    }
    if (entry.signature != nullptr && std::strcmp(entry.signature, row.signature) != 0) {
        return fail(table, E_INVALIDARG,
                    where + row.name + " has the signature " + entry.signature + ", but mfvcam's " +
                        entry.function + " has " + row.signature);
    }
    return S_OK;
}

bool same_method(const JNINativeMethod& one, const JNINativeMethod& other) noexcept {
    return std::strcmp(one.name, other.name) == 0 &&
           std::strcmp(one.signature, other.signature) == 0;
}

HRESULT register_natives(JNIEnv* env, jclass type, mfvcam_native_table& table) {
    std::vector<JNINativeMethod> rows;
    for (UINT32 index = 0; index < table.count; ++index) {
        JNINativeMethod row{};
        const HRESULT hr = translate(table, index, row);
        if (FAILED(hr)) {
            return hr;
        }
        std::string method = "entry " + std::to_string(index) + ": " + row.name + row.signature;
        if (std::ranges::any_of(rows,
                                [&row](const auto& each) { return same_method(each, row); })) {
            return fail(table, E_INVALIDARG, method + " is in the table twice");
        }
        // RegisterNatives would bind what comes before the one that it does not find.
        if (!declares_native(env, type, row)) {
            if (env->ExceptionCheck() != JNI_FALSE) {
                method.append(": ").append(take_exception(env));
                return fail(table, HRESULT_FROM_WIN32(ERROR_NOT_FOUND), method);
            }
            return fail(table, HRESULT_FROM_WIN32(ERROR_NOT_FOUND),
                        method + " is no native method of the class");
        }
        rows.push_back(row);
    }
    const HRESULT hr = pin_module();
    if (FAILED(hr)) {
        return fail(table, hr, "mfvcam.dll cannot be pinned");
    }
    if (env->RegisterNatives(type, rows.data(), static_cast<jint>(rows.size())) != JNI_OK) {
        clear_exception(env);
        return fail(table, E_UNEXPECTED, "the JVM does not register natives of the class");
    }
    return S_OK;
}

}  // namespace

}  // namespace mfvcam::jni

HRESULT MFVCAM_CALL mfvcam_register_natives(JNIEnv* env, jclass type, mfvcam_native_table* table) {
    using mfvcam::jni::fail;
    if (table == nullptr) {
        return E_POINTER;
    }
    table->error[0] = '\0';
    if (env == nullptr || type == nullptr || table->natives == nullptr) {
        return fail(*table, E_POINTER, "env, type or natives is NULL");
    }
    if (table->count == 0) {
        return fail(*table, E_INVALIDARG, "the table is empty");
    }
    if (env->ExceptionCheck() != JNI_FALSE) {
        return fail(*table, E_UNEXPECTED, "an exception is pending");
    }
    const HRESULT hr =
        mfvcam::guarded([&] { return mfvcam::jni::register_natives(env, type, *table); });
    return hr == E_OUTOFMEMORY ? fail(*table, hr, "out of memory") : hr;
}

HRESULT MFVCAM_CALL mfvcam_unregister_natives(JNIEnv* env, jclass type) {
    if (env == nullptr || type == nullptr) {
        return E_POINTER;
    }
    if (env->ExceptionCheck() != JNI_FALSE) {
        return E_UNEXPECTED;
    }
    if (env->UnregisterNatives(type) != JNI_OK) {
        mfvcam::jni::clear_exception(env);
        return E_UNEXPECTED;
    }
    return S_OK;
}
