# Installs the build in BUILD under a fresh prefix in WORK, then builds and runs the consumer there,
# once through find_package and, where pkg-config is present, once through its flags.
file(REMOVE_RECURSE ${WORK})
file(COPY ${SOURCE}/CMakeLists.txt ${SOURCE}/main.cpp DESTINATION ${WORK}/consumer)
function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${WORK})
endfunction()
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
run(${CMAKE_COMMAND} -S consumer -B build -G Ninja -DCMAKE_PREFIX_PATH=${WORK}/prefix
    -DCMAKE_BUILD_TYPE=Release)
run(${CMAKE_COMMAND} --build build)
run(build/consumer)
find_program(PKG_CONFIG pkg-config)
if(PKG_CONFIG)
  file(GLOB_RECURSE PC ${WORK}/prefix/*denoise.pc)
  get_filename_component(PC_DIR ${PC} DIRECTORY)
  set(ENV{PKG_CONFIG_PATH} ${PC_DIR})
  execute_process(COMMAND ${PKG_CONFIG} --cflags --libs --define-variable=prefix=${WORK}/prefix denoise
                  OUTPUT_VARIABLE FLAGS COMMAND_ERROR_IS_FATAL ANY)
  separate_arguments(FLAGS UNIX_COMMAND "${FLAGS}")
  run(${CXX} -std=c++20 -O1 consumer/main.cpp -o consumer-pkg-config ${FLAGS})
  run(./consumer-pkg-config)
endif()
