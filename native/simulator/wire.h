// Plain data as bytes, for what passes between a program and the Frame Server: both ends are of one
// build and one machine. What cannot be read throws MalformedMessage.
#pragma once

#include <windows.h>

#include <cstring>
#include <exception>
#include <string>
#include <type_traits>
#include <vector>

#include "camera_key.h"
#include "media_data.h"

namespace mfvcam::simulator {

struct MalformedMessage : std::exception {};

class Writer {
 public:
    template <class T>
        requires std::is_trivially_copyable_v<T>
    void put(const T& value) {
        append(static_cast<const void*>(&value), sizeof(value));
    }
    void put(const Bytes& value);
    void put(const std::wstring& value);
    void put(const CameraKey& value);
    void put(const EventData& value);
    void put(const StreamData& value);
    void put(const SourceData& value);
    void put(const Selection& value);
    template <class T>
    void put(const std::vector<T>& values) {
        put(static_cast<UINT32>(values.size()));
        for (const T& value : values) {
            put(value);
        }
    }

    [[nodiscard]] const Bytes& bytes() const noexcept { return bytes_; }

 private:
    void append(const void* from, std::size_t size);

    Bytes bytes_;
};

class Reader {
 public:
    explicit Reader(const Bytes& bytes) noexcept : bytes_(bytes) {}

    template <class T>
        requires std::is_trivially_copyable_v<T>
    T get() {
        static_assert(!std::is_same_v<T, bool>, "not every byte is one");
        T value;
        std::memcpy(static_cast<void*>(&value), take(sizeof(value)), sizeof(value));
        return value;
    }
    bool get_flag() { return get<BYTE>() != 0; }
    void get(Bytes& value);
    void get(std::wstring& value);
    void get(CameraKey& value);
    void get(EventData& value);
    void get(StreamData& value);
    void get(SourceData& value);
    void get(Selection& value);
    void get(GUID& value) { value = get<GUID>(); }
    template <class T>
    void get(std::vector<T>& values) {
        // One by one: a wrong count runs out of bytes before it runs out of memory.
        values.clear();
        for (auto left = get<UINT32>(); left != 0; --left) {
            get(values.emplace_back());
        }
    }

 private:
    const BYTE* take(std::size_t count);

    const Bytes& bytes_;
    std::size_t position_ = 0;
};

}  // namespace mfvcam::simulator
